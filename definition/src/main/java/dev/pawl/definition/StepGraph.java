package dev.pawl.definition;

import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.StepDraft.Reference;
import dev.pawl.kernel.StepName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Resolves what the steps refer to, and puts each after those it reads from. */
final class StepGraph {
    /** The first part of a reference to a source of data. */
    static final String DATA = "data";

    private final SequencedMap<String, StepDraft> drafts = new LinkedHashMap<>();
    private final Set<String> sources;
    private final Problems problems;

    private StepGraph(Collection<StepDraft> all, Set<String> sources, Problems problems) {
        this.sources = sources;
        this.problems = problems;
        all.forEach(draft -> {
            if (drafts.putIfAbsent(draft.name().value(), draft) != null) {
                problems.addUnlessTold(draft.place(), "there are two steps of this name");
            }
        });
    }

    static List<Step> link(Collection<StepDraft> drafts, Set<String> sources, Problems problems) {
        var graph = new StepGraph(drafts, sources, problems);
        var resolved = new LinkedHashMap<StepName, Step>();
        graph.drafts.values().forEach(draft -> resolved.put(draft.name(), draft.resolved(graph.inputs(draft))));
        return new StepOrder(resolved, cycle -> graph.reportCycle(cycle)).sorted();
    }

    private SortedMap<String, Input> inputs(StepDraft draft) {
        var inputs = new TreeMap<String, Input>();
        draft.inputs().forEach((name, reference) -> resolve(reference).ifPresent(input -> inputs.put(name, input)));
        return inputs;
    }

    private Optional<Input> resolve(Reference reference) {
        String[] parts = reference.text().split("\\.", 2);
        var step = Optional.ofNullable(drafts.get(parts[0]));
        boolean source = parts.length == 2 && parts[0].equals(DATA) && sources.contains(parts[1]);
        if (source) {
            return Optional.of(new FromData(parts[1]));
        } else if (step.isEmpty()) {
            return unknown(reference);
        }
        return parts.length == 2 ? output(step.get(), parts[1], reference) : onlyOutput(step.get(), reference);
    }

    private Optional<Input> output(StepDraft step, String output, Reference reference) {
        return step.outputs().containsKey(output) ? Optional.of(new FromStep(step.name(), output)) : unknown(reference);
    }

    private Optional<Input> onlyOutput(StepDraft step, Reference reference) {
        if (step.outputs().size() == 1) {
            return Optional.of(new FromStep(step.name(), step.outputs().firstKey()));
        }
        String hint = step.outputs().isEmpty() ? "no outputs" : "several outputs: write one of " + outputsOf(step);
        return problem(reference, "step '" + step.name() + "' has " + hint);
    }

    private Optional<Input> unknown(Reference reference) {
        String hint = ProblemHint.of(reference.text(), known());
        return problem(reference, "nothing is called '" + reference.text() + "'" + hint);
    }

    /** A broken list of outputs or sources is reported as such, and hides what it may have declared. */
    private Optional<Input> problem(Reference reference, String text) {
        String step = reference.text().split("\\.", 2)[0];
        boolean follows =
                step.equals(DATA) ? problems.told(DATA) : problems.told("pipeline.steps." + step + ".outputs");
        if (!follows) {
            problems.addUnlessTold(reference.place(), text);
        }
        return Optional.empty();
    }

    private List<String> known() {
        var known = new ArrayList<String>();
        sources.forEach(source -> known.add(DATA + "." + source));
        drafts.forEach((name, draft) -> {
            if (draft.outputs().size() == 1) {
                known.add(name);
            } else {
                known.addAll(outputsOf(draft));
            }
        });
        return known;
    }

    private static List<String> outputsOf(StepDraft draft) {
        return draft.outputs().keySet().stream()
                .map(output -> draft.name() + "." + output)
                .toList();
    }

    private void reportCycle(List<StepName> cycle) {
        var names = cycle.stream().map(StepName::value).toList();
        var first = drafts.get(names.getFirst());
        if (first != null) {
            problems.add(first.place(), "waits for itself: " + String.join(" -> ", names));
        }
    }
}
