package dev.pawl.definition;

import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.StepName;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The part of a definition that some steps need. */
record Excerpt(Definition definition) {

    Definition only(Collection<StepName> wanted) {
        var needed = new HashSet<StepName>();
        wanted.forEach(name -> needed.add(definition.step(name).name()));
        definition.steps().reversed().stream()
                .filter(step -> needed.contains(step.name()))
                .flatMap(step -> Definition.stepInputs(step.inputs()).stream())
                .map(FromStep::step)
                .forEach(needed::add);
        return excerpt(needed);
    }

    private Definition excerpt(Set<StepName> needed) {
        var model = definition
                .model()
                .filter(plan -> needed.contains(plan.from())
                        && needed.contains(plan.holdout().table()));
        var monitor = definition.monitor().filter(_ -> model.isPresent());
        return new Definition(
                definition.project(),
                steps(needed),
                definition.rules(),
                definition.data(),
                definition.ci(),
                definition.environments(),
                definition.triggers().stream()
                        .filter(rule -> monitor.isPresent() || !(rule instanceof TriggerRule.OnDecay))
                        .toList(),
                model,
                monitor,
                sweeps(needed));
    }

    private List<Step> steps(Set<StepName> needed) {
        return definition.steps().stream()
                .filter(step -> needed.contains(step.name()))
                .toList();
    }

    private TreeMap<String, Sweep> sweeps(Set<StepName> needed) {
        var whole = new TreeMap<String, Sweep>();
        definition.sweeps().forEach((name, sweep) -> {
            if (needed.contains(sweep.step()) && needed.containsAll(sweep.steps())) {
                whole.put(name, sweep);
            }
        });
        return whole;
    }
}
