package dev.pawl.definition;

import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.StepName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Steps in the order of their declaration, except that each comes after those it reads from. */
final class StepOrder {
    private final SequencedMap<StepName, Step> steps;
    private final Consumer<List<StepName>> cycles;
    private final SequencedMap<StepName, Step> sorted = new LinkedHashMap<>();
    private final SequencedSet<StepName> underWay = new LinkedHashSet<>();

    /** @param cycles is told every cycle found, as the way from a step back to itself, against the flow of data */
    StepOrder(SequencedMap<StepName, Step> steps, Consumer<List<StepName>> cycles) {
        this.steps = steps;
        this.cycles = cycles;
    }

    List<Step> sorted() {
        steps.values().forEach(this::visit);
        return List.copyOf(sorted.values());
    }

    /** As deep as the longest way through the pipeline, so at most {@link PipelineSection#MOST_STEPS}. */
    private void visit(Step step) {
        if (sorted.containsKey(step.name())) {
            return;
        }
        if (!underWay.add(step.name())) {
            cycles.accept(cycle(step.name()));
            return;
        }
        var from = Definition.stepInputs(step.inputs()).stream()
                .map(FromStep::step)
                .collect(Collectors.toSet());
        steps.values().stream().filter(other -> from.contains(other.name())).forEach(this::visit);
        underWay.remove(step.name());
        sorted.put(step.name(), step);
    }

    private List<StepName> cycle(StepName start) {
        var cycle = new ArrayList<>(
                underWay.stream().dropWhile(name -> !name.equals(start)).toList());
        cycle.add(start);
        return cycle;
    }
}
