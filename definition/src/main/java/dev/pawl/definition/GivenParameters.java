package dev.pawl.definition;

import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gives a definition other values of parameters. */
final class GivenParameters {
    private final Definition definition;
    private final DeclaredParameters declared;
    private final Map<StepName, Map<String, Object>> changed = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    GivenParameters(Definition definition, DeclaredParameters declared) {
        this.definition = definition;
        this.declared = declared;
    }

    Definition with(Map<String, ?> given) {
        new TreeMap<>(given).forEach(this::take);
        if (!problems.isEmpty()) {
            throw PawlException.user("bad-parameter", String.join("\n", problems));
        }
        return OtherSteps.in(
                definition, definition.steps().stream().map(this::changed).toList());
    }

    private void take(String name, Object value) {
        var steps = definition.steps().stream()
                .filter(step -> parameter(step, name).isPresent())
                .toList();
        if (steps.size() == 1) {
            set(steps.getFirst(), parameter(steps.getFirst(), name).orElseThrow(), value);
        } else if (steps.isEmpty()) {
            problems.add("no step has a parameter '" + name + "'" + ProblemHint.of(name, known(name)));
        } else {
            problems.add("several steps have a parameter '" + name + "'; write one of "
                    + String.join(
                            ", ",
                            steps.stream().map(step -> step.name() + "." + name).toList()));
        }
    }

    /** The step's parameter of this name, be it with the step's name before it or without. */
    private static Optional<String> parameter(Step step, String name) {
        String prefix = step.name() + ".";
        String own = name.startsWith(prefix) ? name.substring(prefix.length()) : name;
        return Optional.of(own).filter(it -> step.parameters().containsKey(it));
    }

    private void set(Step step, String parameter, Object value) {
        String name = step.name() + "." + parameter;
        var rule = declared.find(name)
                .orElseGet(() -> ParameterRule.like(step.parameters().getOrDefault(parameter, "")));
        var scalar = scalar(value, rule);
        rule.format()
                .reading()
                .apply(scalar)
                .ifPresentOrElse(
                        read -> put(step.name(), name, parameter, read),
                        () -> problems.add("%s: %s is not %s".formatted(name, scalar.shown(), rule.expected())));
    }

    private void put(StepName step, String name, String parameter, Object value) {
        var ofStep = changed.computeIfAbsent(step, _ -> new HashMap<>());
        if (ofStep.put(parameter, value) != null) {
            problems.add(name + " is given twice");
        }
    }

    /** Text, as a command line has it, is read as what is needed; other values are taken for what they are. */
    private static YamlScalar scalar(Object value, ParameterRule rule) {
        String text = String.valueOf(value);
        boolean needsText = rule.type() == ParameterRule.Type.STRING;
        var type = switch (value) {
            case Number _ -> YamlScalar.Type.NUMBER;
            case Boolean _ -> YamlScalar.Type.TRUTH;
            case String _ when needsText -> YamlScalar.Type.TEXT;
            case String _ when text.equals("true") || text.equals("false") -> YamlScalar.Type.TRUTH;
            case String _ -> YamlScalar.Type.NUMBER;
            default -> YamlScalar.Type.NOTHING;
        };
        return new YamlScalar(YamlPlace.START, text, type);
    }

    private Step changed(Step step) {
        var parameters = new TreeMap<>(step.parameters());
        parameters.putAll(changed.getOrDefault(step.name(), Map.of()));
        return new Step(step.name(), step.command(), step.inputs(), parameters, step.outputs(), step.rules());
    }

    /** With or without steps' names, as the unknown one is written. */
    private List<String> known(String name) {
        return definition.steps().stream()
                .flatMap(step -> step.parameters().keySet().stream()
                        .map(parameter -> name.contains(".") ? step.name() + "." + parameter : parameter))
                .distinct()
                .toList();
    }
}
