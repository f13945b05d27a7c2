package dev.pawl.definition;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The parameters of one method: what pawl.yaml gives, checked against what the class declares. */
record StepParameters(Map<String, Declared> declared, StepSettings given, Problems problems) {

    /** @param byDefault empty if pawl.yaml must give a value */
    record Declared(ParameterRule rule, Optional<Object> byDefault, String doc) {}

    SortedMap<String, Object> values() {
        given.parameters().forEach((name, node) -> {
            if (!declared.containsKey(name)) {
                String hint = ProblemHint.of(name, declared.keySet());
                problems.add(node.place(), "the step has no parameter '" + name + "'" + hint);
            }
        });
        var values = new TreeMap<String, Object>();
        declared.forEach((name, parameter) -> value(name, parameter).ifPresent(value -> values.put(name, value)));
        return values;
    }

    private Optional<Object> value(String name, Declared parameter) {
        var node = given.parameters().get(name);
        if (node != null) {
            return Optional.of(parameter.rule().format().read(node, problems));
        }
        if (parameter.byDefault().isEmpty()) {
            problems.add(
                    given.place().named("parameters").named(name), "is missing: the class declares no default for it");
        }
        return parameter.byDefault();
    }

    SortedMap<String, ParameterRule> rules() {
        var rules = new TreeMap<String, ParameterRule>();
        declared.forEach((name, parameter) -> rules.put(name, parameter.rule()));
        return rules;
    }
}
