package dev.pawl.sdk;

import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads where the value of one parameter of a step's method comes from. */
final class ArgumentReader {
    private static final List<Class<? extends Annotation>> ORIGINS =
            List.of(From.class, Source.class, Param.class, Secret.class);

    private final Parameter parameter;
    private final Problems problems;

    ArgumentReader(Parameter parameter, Problems problems) {
        this.parameter = parameter;
        this.problems = problems;
    }

    Optional<Argument> read() {
        if (RunParts.isOne(parameter.getType())) {
            return Optional.of(RunParts.argument(parameter.getType()));
        }
        if (!parameter.isNamePresent()) {
            return problem("has lost its name: compile with -parameters"
                    + " (Maven: <maven.compiler.parameters>true</maven.compiler.parameters>)");
        }
        List<String> origins = ORIGINS.stream()
                .filter(parameter::isAnnotationPresent)
                .map(origin -> "@" + origin.getSimpleName())
                .toList();
        if (origins.size() > 1) {
            return problem("is both " + origins.get(0) + " and " + origins.get(1) + ": decide for one");
        }
        if (parameter.isAnnotationPresent(Each.class) && !origins.isEmpty() && !origins.contains("@From")) {
            return problem("is both " + origins.getFirst() + " and @Each: @Each takes the list that a step gives");
        }
        return argument();
    }

    private Optional<Argument> argument() {
        Param param = parameter.getAnnotation(Param.class);
        Source source = parameter.getAnnotation(Source.class);
        Secret secret = parameter.getAnnotation(Secret.class);
        if (param != null) {
            return new SettingReader(parameter, param, problems).read();
        } else if (source != null) {
            return fromSource(source);
        }
        return secret != null ? fromSecret(secret) : fromStep();
    }

    private Optional<Argument> fromSource(Source source) {
        if (!parameter.getType().equals(Path.class)) {
            return problem("is a @Source of type " + word() + ": a source is a Path");
        }
        if (source.value().isBlank()) {
            return problem("is a @Source without a name: give the name under 'data' in pawl.yaml");
        }
        return Optional.of(new Argument.FromSource(parameter.getName(), source.value()));
    }

    private Optional<Argument> fromSecret(Secret secret) {
        if (!parameter.getType().equals(String.class)) {
            return problem("is a @Secret of type " + word() + ": a secret is a String");
        }
        if (!Amounts.NAME.matcher(secret.value()).matches()) {
            return problem("is the @Secret '" + secret.value()
                    + "': a secret's name is of lower-case letters, digits, - and _, 63 at the most");
        }
        return Optional.of(new Argument.FromSecret(parameter.getName(), secret.value()));
    }

    private Optional<Argument> fromStep() {
        Shape shape = Shape.of(parameter.getParameterizedType());
        boolean each = parameter.isAnnotationPresent(Each.class);
        From from = parameter.getAnnotation(From.class);
        if (each && (shape.list() || shape.optional())) {
            return problem("is an @Each of type " + word() + ": it takes one element at a time, so write the element's"
                    + " type");
        }
        Optional<Form> form = Form.of(shape.element());
        boolean bare = from == null && !each && !shape.list() && !shape.optional();
        if (form.isEmpty() || (bare && form.get().kind() == Kind.VALUE)) {
            return problem(
                    "has the type " + word() + ": use Table, Model, Report, Path, a record, or a List or Optional of"
                            + " one, for the output of a step, mark a scalar @From or @Param, or ask"
                            + " for Metrics, Workspace or Outcome");
        }
        checkRecord(form.get());
        String step = from == null ? parameter.getName() : from.value();
        return Optional.of(
                new Argument.FromStep(parameter.getName(), step, form.get(), each, shape.optional(), shape.list()));
    }

    private void checkRecord(Form form) {
        if (form.kind() == Kind.RECORD) {
            RecordTypes.problems(form.type())
                    .forEach(problem -> problems.add(parameter, "is a record that cannot be read: " + problem));
        }
    }

    private String word() {
        return Shape.word(parameter.getParameterizedType());
    }

    private Optional<Argument> problem(String what) {
        problems.add(parameter, what);
        return Optional.empty();
    }
}
