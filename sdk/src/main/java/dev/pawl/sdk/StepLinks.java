package dev.pawl.sdk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Finds the step behind every input, puts each step after those it reads from, and notes what does not fit together. */
final class StepLinks {
    private final Class<?> type;
    private final Map<String, PlacedStep> byName = new TreeMap<>();
    private final List<String> problems;

    StepLinks(Class<?> type, List<PlacedStep> placed, List<String> problems) {
        this.type = type;
        this.problems = problems;
        placed.forEach(step -> byName.put(step.name(), step));
    }

    /** All steps in order; without those that are in a cycle, which is a problem. */
    List<PipelineStep> steps() {
        List<PipelineStep> linked = byName.values().stream().map(this::linked).toList();
        List<PipelineStep> ordered = problems.isEmpty() ? ordered(linked) : List.of();
        if (problems.isEmpty() && ordered.size() < linked.size()) {
            List<String> stuck = linked.stream()
                    .filter(step -> !ordered.contains(step))
                    .map(PipelineStep::name)
                    .toList();
            problems.add(type.getName() + ": steps " + stuck
                    + " depend on each other in a cycle, or on steps that do: break it");
        }
        return ordered;
    }

    private PipelineStep linked(PlacedStep step) {
        Map<String, String> from = new LinkedHashMap<>();
        for (Argument.FromStep input : step.method().inputs()) {
            Optional<PlacedStep> giver = giver(step, input);
            Optional<String> problem =
                    giver.map(known -> problem(input, known)).orElseGet(() -> Optional.of(unknown(input)));
            problem.ifPresent(
                    what -> problems.add(step.method().place() + ": parameter '" + input.name() + "' " + what));
            giver.ifPresent(known -> from.put(input.name(), known.name()));
        }
        return new PipelineStep(step.name(), step.method(), from);
    }

    private Optional<PlacedStep> giver(PlacedStep step, Argument.FromStep input) {
        return step.meanings(input.step())
                .filter(byName::containsKey)
                .findFirst()
                .map(byName::get);
    }

    private String unknown(Argument.FromStep input) {
        String there = "(there are " + List.copyOf(byName.keySet()) + ")";
        return input.name().equals(input.step())
                ? "names no step " + there + ": name it after the step whose output it takes, or mark it @From, @Source"
                        + " or @Param"
                : "is from '" + input.step() + "', which is no step " + there + ": correct it";
    }

    private static Optional<String> problem(Argument.FromStep input, PlacedStep giver) {
        if (giver.method().rules().always()) {
            return Optional.of("takes the output of step " + giver.name() + ", which runs when all is over");
        }
        if (giver.method().output().isEmpty()) {
            return Optional.of("takes the output of step " + giver.name() + ", which gives nothing");
        }
        StepMethod.Output output = giver.method().output().get();
        String word = output.form().word();
        String given = output.list() || giver.method().isFannedOut() ? "a list of " + word : Form.a(word);
        return fits(input, giver.method(), output)
                ? Optional.empty()
                : Optional.of("is " + taken(input) + ", but step " + giver.name() + " gives " + given + ": use "
                        + usable(giver.method(), output));
    }

    private static boolean fits(Argument.FromStep input, StepMethod giver, StepMethod.Output output) {
        boolean list = output.list() || giver.isFannedOut();
        return list == (input.list() || input.each()) && input.form().takes(output.form());
    }

    private static String taken(Argument.FromStep input) {
        String word = input.form().word();
        return input.each()
                ? "@Each " + word
                : Form.a(input.list() ? input.form().listWord() : word);
    }

    private static String usable(StepMethod giver, StepMethod.Output output) {
        return output.list() || giver.isFannedOut()
                ? output.form().listWord() + " for all of it, or @Each "
                        + output.form().word() + " for one element at a time"
                : "that type, or Path for the bare file";
    }

    /** Every step after those it depends on, the first by name of those that could be next; steps in a cycle are left out. */
    private static List<PipelineStep> ordered(List<PipelineStep> steps) {
        List<PipelineStep> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        Optional<PipelineStep> next = next(steps, done);
        while (next.isPresent()) {
            ordered.add(next.get());
            done.add(next.get().name());
            next = next(steps, done);
        }
        return List.copyOf(ordered);
    }

    private static Optional<PipelineStep> next(List<PipelineStep> steps, Set<String> done) {
        return steps.stream()
                .filter(step -> !done.contains(step.name()))
                .filter(step -> done.containsAll(step.givers()))
                .min(Comparator.comparing(PipelineStep::name));
    }
}
