package dev.pawl.sdk;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what the method of a step declares, and notes everything that is wrong with it. */
final class MethodReader {
    static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    private final Method method;
    private final Problems problems;

    private MethodReader(Method method, Problems problems) {
        this.method = method;
        this.problems = problems;
    }

    /** The step, unless something is wrong with it. */
    static Optional<StepMethod> read(Method method, List<String> problems) {
        int before = problems.size();
        Optional<StepMethod> step = new MethodReader(method, new Problems(method, problems)).step();
        return problems.size() > before ? Optional.empty() : step;
    }

    /** @throws PipelineException when the class has no such step, or something is wrong with it */
    static StepMethod step(Class<?> type, String method) {
        List<String> problems = new ArrayList<>();
        for (Method candidate : methods(type)) {
            if (candidate.getName().equals(method)) {
                return read(candidate, problems).orElseThrow(() -> new PipelineException(problems));
            }
        }
        throw new PipelineException(List.of(type.getName() + " has no step '" + method + "'; it has "
                + methods(type).stream().map(Method::getName).toList()));
    }

    /** The methods that are steps; sorted, because the class file promises no order. */
    static List<Method> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Step.class))
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toString))
                .toList();
    }

    private Optional<StepMethod> step() {
        Step rules = method.getAnnotation(Step.class);
        checkMethod();
        List<Argument> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            new ArgumentReader(parameter, problems).read().ifPresent(arguments::add);
        }
        StepMethod step = new StepMethod(method, List.copyOf(arguments), output(), rules);
        new RulesCheck(step, problems).check();
        checkFanOut(step);
        return Optional.of(step);
    }

    private void checkMethod() {
        if (Modifier.isPrivate(method.getModifiers())) {
            problems.add("is private: a step must be callable by its tests, so make it package-private or public");
        }
        if (!NAME.matcher(method.getName()).matches()) {
            problems.add("has a name that no step can have: use letters, digits and _, 63 at the most");
        }
    }

    private Optional<StepMethod.Output> output() {
        if (method.getReturnType().equals(void.class)) {
            if (method.isAnnotationPresent(Folder.class)) {
                problems.add("is a @Folder but returns nothing: return the Path of the folder");
            }
            return Optional.empty();
        }
        Shape shape = Shape.of(method.getGenericReturnType());
        Optional<Form> form = shape.optional() ? Optional.empty() : Form.of(shape.element());
        if (form.isEmpty()) {
            problems.add("returns " + Shape.word(method.getGenericReturnType()) + ": return " + Form.ALLOWED
                    + ", a List of one of these, or nothing");
        }
        form.filter(known -> known.kind() == Kind.RECORD)
                .ifPresent(known -> RecordTypes.problems(known.type())
                        .forEach(problem -> problems.add("returns a record that cannot be kept: " + problem)));
        return form.map(known -> new StepMethod.Output(folder(known, shape), shape.list()));
    }

    private Form folder(Form form, Shape shape) {
        if (!method.isAnnotationPresent(Folder.class)) {
            return form;
        }
        if (shape.list() || !form.type().equals(Path.class)) {
            problems.add("is a @Folder but returns " + Shape.word(method.getGenericReturnType())
                    + ": return the Path of the folder");
        }
        return Form.folder();
    }

    private void checkFanOut(StepMethod step) {
        if (!step.isFannedOut() || step.output().isEmpty()) {
            return;
        }
        StepMethod.Output output = step.output().get();
        if (output.list()) {
            problems.add("returns a list and takes an @Each: its output would be a list of lists; return one element");
        } else if (output.form().kind() == Kind.FOLDER) {
            problems.add("is a @Folder and takes an @Each: there are no lists of folders; return a file");
        }
    }
}
