package dev.pawl.sdk;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the steps of a pipeline class and of those nested in it, and notes everything that is wrong with them. */
final class ClassReader {
    private static final int LONGEST_NAME = 63;

    private final List<String> problems;
    private final List<PlacedStep> steps = new ArrayList<>();
    private final Deque<Class<?>> around = new ArrayDeque<>();

    ClassReader(List<String> problems) {
        this.problems = problems;
    }

    List<PlacedStep> read(Class<?> type) {
        read(type, "");
        return steps;
    }

    private void read(Class<?> type, String scope) {
        around.push(type);
        checkClass(type);
        for (Method method : MethodReader.methods(type)) {
            MethodReader.read(method, problems).ifPresent(step -> add(new PlacedStep(scope, step)));
        }
        List<Field> nested = nested(type);
        nested.forEach(field -> readNested(field, scope));
        if (MethodReader.methods(type).isEmpty() && nested.isEmpty()) {
            problems.add(type.getName() + ": has no step: mark a method with @Step");
        }
        around.pop();
    }

    private void readNested(Field field, String scope) {
        String place = field.getDeclaringClass().getName() + "." + field.getName();
        if (around.contains(field.getType())) {
            problems.add(place + ": nests " + field.getType().getName() + " in itself: a pipeline has an end");
        } else if (!MethodReader.NAME.matcher(field.getName()).matches()) {
            problems.add(place + ": has a name that no step can begin with: use letters, digits and _");
        } else {
            read(field.getType(), scope + field.getName() + PlacedStep.SEPARATOR);
        }
    }

    private void add(PlacedStep step) {
        if (step.name().length() > LONGEST_NAME) {
            problems.add(step.method().place() + ": its name in the whole pipeline, " + step.name() + ", has "
                    + step.name().length() + " characters: " + LONGEST_NAME + " at the most");
        }
        steps.add(step);
    }

    private void checkClass(Class<?> type) {
        boolean constructible = Arrays.stream(type.getDeclaredConstructors())
                .mapToInt(Constructor::getParameterCount)
                .anyMatch(count -> count == 0);
        if (!constructible || Modifier.isAbstract(type.getModifiers())) {
            problems.add(type.getName() + ": must be a class that can be made with a constructor without parameters");
        }
        Map<String, List<Method>> byName = MethodReader.methods(type).stream()
                .collect(Collectors.groupingBy(Method::getName, TreeMap::new, Collectors.toList()));
        byName.values().stream()
                .filter(methods -> methods.size() > 1)
                .forEach(methods ->
                        problems.add(type.getName() + "." + methods.getFirst().getName() + ": " + methods.size()
                                + " steps have this name: rename all but one"));
    }

    private static List<Field> nested(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(Nested.class))
                .sorted(Comparator.comparing(Field::getName))
                .toList();
    }
}
