package dev.pawl.definition;

import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;

/** Whether a step's condition asks only for what is known before the step runs: its parameters, and what it reads. */
record WhenCheck(LinkedStep linked, LinkedSteps steps, Problems problems) {

    void check() {
        linked.draft()
                .settings()
                .when()
                .ifPresent(when -> when.value()
                        .names()
                        .forEach(name -> wrong(name).ifPresent(text -> problems.add(when.place(), text))));
    }

    private Optional<String> wrong(String name) {
        Step step = linked.step();
        String input = name.split("\\.", 2)[0];
        boolean parameter = step.parameters().containsKey(name);
        if (!linked.draft().inputs().containsKey(input)) {
            return parameter
                    ? Optional.empty()
                    : Optional.of("the step has no parameter and no input '" + input + "'" + hint(input, linked));
        } else if (parameter) {
            return Optional.of("'" + name + "' is a parameter as well as an input: give one of them another name");
        }
        return Optional.ofNullable(step.inputs().get(input)).flatMap(from -> wrongInput(name, input, from));
    }

    private Optional<String> wrongInput(String name, String input, Definition.Input from) {
        return switch (from) {
            case Definition.FromData _ -> Optional.of(unaskable(input, "data"));
            case FromStep of
            when of.optional() -> Optional.of("'" + input + "' is optional: what may not be there cannot decide");
            case FromStep of ->
                steps.find(of.step())
                        .filter(_ -> steps.isRight(of, problems))
                        .flatMap(giver -> wrongOutput(name, input, of, giver.step()));
        };
    }

    private static Optional<String> wrongOutput(String name, String input, FromStep of, Step giver) {
        var output = giver.outputs().get(of.output());
        if (output == null) {
            return Optional.empty();
        } else if (giver.givesList(of.output())) {
            return Optional.of("'" + input + "' is a list: a condition is decided once, before the step runs");
        }
        boolean whole = name.equals(input);
        return switch (output.type()) {
            case VALUE ->
                whole ? Optional.empty() : Optional.of("'" + input + "' is a single value: write '" + input + "'");
            case REPORT, RECORD ->
                whole ? Optional.of("'" + input + "' has many values: write '" + input + ".KEY'") : Optional.empty();
            case TABLE, MODEL, FILE, FOLDER -> Optional.of(unaskable(input, word(output.type())));
        };
    }

    private static String unaskable(String input, String type) {
        return "'%s' is of type %s: only reports, records and values can decide".formatted(input, type);
    }

    private static String word(OutputType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static String hint(String name, LinkedStep linked) {
        var known = new ArrayList<>(linked.step().parameters().keySet());
        known.addAll(linked.draft().inputs().keySet());
        return ProblemHint.of(name, known);
    }
}
