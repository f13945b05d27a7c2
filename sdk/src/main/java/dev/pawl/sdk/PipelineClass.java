package dev.pawl.sdk;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A pipeline as its class declares it.
 *
 * @param steps each after all the steps it reads from, and otherwise by name
 */
record PipelineClass(Class<?> type, List<StepMethod> steps) {

    /** @throws PipelineException with everything that is wrong with the class */
    static PipelineClass load(String className) {
        try {
            return of(Class.forName(className));
        } catch (ClassNotFoundException e) {
            throw new PipelineException(List.of("There is no class " + className
                    + " on the class path: check pipeline.class and ci.package in pawl.yaml"));
        } catch (LinkageError e) {
            throw new PipelineException(List.of("Class " + className + " cannot be loaded: " + e));
        }
    }

    /** @throws PipelineException with everything that is wrong with the class */
    static PipelineClass of(Class<?> type) {
        List<String> problems = new ArrayList<>();
        checkClass(type, problems);
        List<StepMethod> steps = new ArrayList<>();
        for (Method method : stepMethods(type)) {
            new MethodReader(method, problems).read().ifPresent(steps::add);
        }
        if (problems.isEmpty()) {
            problems.addAll(StepOrder.problems(type, steps));
        }
        if (!problems.isEmpty()) {
            throw new PipelineException(problems);
        }
        return new PipelineClass(type, StepOrder.of(steps));
    }

    StepMethod step(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new PipelineException(List.of(type.getName() + " has no step '" + name + "'; it has "
                        + steps.stream().map(StepMethod::name).toList())));
    }

    private static void checkClass(Class<?> type, List<String> problems) {
        boolean constructible = Arrays.stream(type.getDeclaredConstructors())
                .mapToInt(Constructor::getParameterCount)
                .anyMatch(count -> count == 0);
        if (!constructible || Modifier.isAbstract(type.getModifiers())) {
            problems.add(type.getName() + ": must be a class that can be made with a constructor without parameters");
        }
        Map<String, List<Method>> byName = stepMethods(type).stream().collect(Collectors.groupingBy(Method::getName));
        byName.values().stream()
                .filter(methods -> methods.size() > 1)
                .forEach(methods ->
                        problems.add(type.getName() + "." + methods.getFirst().getName() + ": " + methods.size()
                                + " steps have this name: rename all but one"));
    }

    /** Sorted, because the class file promises no order. */
    private static List<Method> stepMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Step.class))
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
                .toList();
    }
}
