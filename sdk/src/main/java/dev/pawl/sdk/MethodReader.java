package dev.pawl.sdk;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what the method of a step declares, and notes everything that is wrong with it. */
final class MethodReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");

    private final Method method;
    private final List<String> problems;

    MethodReader(Method method, List<String> problems) {
        this.method = method;
        this.problems = problems;
    }

    /** The step, unless something is wrong with it. */
    Optional<StepMethod> read() {
        int before = problems.size();
        checkMethod();
        List<Argument> arguments = new ArrayList<>();
        for (Parameter parameter : method.getParameters()) {
            argument(parameter).ifPresent(arguments::add);
        }
        Optional<Kind> output = Kind.of(method.getReturnType());
        if (output.isEmpty()) {
            problem("returns " + method.getReturnType().getSimpleName() + ": return Table, Model, Report or Path");
        }
        return problems.size() > before
                ? Optional.empty()
                : output.map(kind -> new StepMethod(method, List.copyOf(arguments), kind));
    }

    private void checkMethod() {
        if (Modifier.isPrivate(method.getModifiers())) {
            problem("is private: a step must be callable by its tests, so make it package-private or public");
        }
        if (!NAME.matcher(method.getName()).matches()) {
            problem("has a name that no step can have: use letters, digits and _, 63 at the most");
        }
    }

    private Optional<Argument> argument(Parameter parameter) {
        if (parameter.getType().equals(Metrics.class)) {
            return Optional.of(new Argument.ToMetrics());
        }
        if (!parameter.isNamePresent()) {
            problem(
                    parameter,
                    "has lost its name: compile with -parameters"
                            + " (Maven: <maven.compiler.parameters>true</maven.compiler.parameters>)");
            return Optional.empty();
        }
        Source source = parameter.getAnnotation(Source.class);
        Param param = parameter.getAnnotation(Param.class);
        if (source != null && param != null) {
            problem(parameter, "is both @Source and @Param: decide for one");
            return Optional.empty();
        }
        return source != null
                ? fromSource(parameter, source)
                : param != null ? setting(parameter, param) : fromStep(parameter);
    }

    private Optional<Argument> fromSource(Parameter parameter, Source source) {
        if (!parameter.getType().equals(Path.class)) {
            problem(parameter, "is a @Source of type " + typeOf(parameter) + ": a source is a Path");
            return Optional.empty();
        }
        if (source.value().isBlank()) {
            problem(parameter, "is a @Source without a name: give the name under 'data' in pawl.yaml");
            return Optional.empty();
        }
        return Optional.of(new Argument.FromSource(parameter.getName(), source.value()));
    }

    private Optional<Argument> fromStep(Parameter parameter) {
        Optional<Kind> kind = Kind.of(parameter.getType());
        if (kind.isEmpty()) {
            problem(
                    parameter,
                    "has the type " + typeOf(parameter)
                            + ": use Table, Model, Report or Path for the output of a step, Metrics, or mark it"
                            + " @Param");
        }
        return kind.map(known -> new Argument.FromStep(parameter.getName(), known));
    }

    private Optional<Argument> setting(Parameter parameter, Param param) {
        Optional<ParameterType> type = ParameterType.of(parameter.getType());
        if (type.isEmpty()) {
            problem(
                    parameter,
                    "is a @Param of type " + typeOf(parameter) + ": use int, long, double, String or boolean");
            return Optional.empty();
        }
        return setting(parameter, param, type.get());
    }

    private Optional<Argument> setting(Parameter parameter, Param param, ParameterType type) {
        int before = problems.size();
        boolean bounded = param.min() != Double.NEGATIVE_INFINITY || param.max() != Double.POSITIVE_INFINITY;
        if (bounded && !type.isNumber()) {
            problem(parameter, "has a min or max, but is a " + type.word() + ": only numbers have a range");
        }
        if (!(param.min() <= param.max())) {
            problem(parameter, "has a min of " + param.min() + " and a max of " + param.max() + ": no value fits");
        }
        Argument.Setting setting = new Argument.Setting(
                parameter.getName(), type, defaultValue(parameter, param, type), param.min(), param.max());
        if (problems.size() == before
                && !setting.defaultValue().map(setting::allows).orElse(true)) {
            problem(parameter, "has the default " + param.defaultValue()[0] + ", which is not " + setting.range());
        }
        return Optional.of(setting);
    }

    private Optional<Object> defaultValue(Parameter parameter, Param param, ParameterType type) {
        String[] given = param.defaultValue();
        if (given.length > 1) {
            problem(parameter, "has " + given.length + " defaults: give one");
        }
        if (given.length != 1) {
            return Optional.empty();
        }
        Optional<Object> value = type.parse(given[0]);
        if (value.isEmpty()) {
            problem(parameter, "has the default '" + given[0] + "', which is no " + type.word());
        }
        return value;
    }

    private static String typeOf(Parameter parameter) {
        return parameter.getType().getSimpleName();
    }

    private void problem(Parameter parameter, String what) {
        problem("parameter '" + parameter.getName() + "' " + what);
    }

    private void problem(String what) {
        problems.add(method.getDeclaringClass().getName() + "." + method.getName() + ": " + what);
    }
}
