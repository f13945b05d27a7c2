package dev.pawl.definition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a pipeline class says that its parameters must be: their types and bounds, by {@code STEP.PARAMETER}. Immutable. */
public final class DeclaredParameters {
    /** Where the steps are commands: nothing is declared, and the values in pawl.yaml are the example. */
    static final DeclaredParameters NONE = new DeclaredParameters(Map.of());

    private final Map<String, ParameterRule> rules;

    private DeclaredParameters(Map<String, ParameterRule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /**
     * @param description of the class, by the step contract, which {@link PawlYaml#compile} takes as well; empty if the steps are
     *     commands
     * @throws dev.pawl.kernel.PawlException {@code bad-pawl-yaml} if it is none
     */
    public static DeclaredParameters of(Optional<String> description) {
        return description.map(DeclaredParameters::read).orElse(NONE);
    }

    private static DeclaredParameters read(String description) {
        var problems = new Problems();
        var read = ClassDescription.read(description, YamlPlace.START, problems);
        problems.throwIfAny();
        var rules = new HashMap<String, ParameterRule>();
        read.steps()
                .forEach(step -> step.parameters()
                        .forEach((name, declared) -> rules.put(step.name() + "." + name, declared.rule())));
        return new DeclaredParameters(rules);
    }

    /** @param name {@code STEP.PARAMETER} */
    Optional<ParameterRule> find(String name) {
        return Optional.ofNullable(rules.get(name));
    }
}
