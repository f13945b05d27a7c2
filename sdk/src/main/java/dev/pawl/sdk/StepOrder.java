package dev.pawl.sdk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How the steps of a pipeline hang together. */
final class StepOrder {
    private StepOrder() {}

    /** What is wrong with the dependencies: inputs that no step gives or gives otherwise, and cycles. */
    static List<String> problems(Class<?> type, List<StepMethod> steps) {
        if (steps.isEmpty()) {
            return List.of(type.getName() + ": has no step: mark a method with @Step");
        }
        Map<String, StepMethod> byName =
                steps.stream().collect(Collectors.toMap(StepMethod::name, Function.identity()));
        List<String> problems = new ArrayList<>();
        for (StepMethod step : steps) {
            for (Argument.FromStep input : step.inputs()) {
                problem(input, byName)
                        .ifPresent(what -> problems.add(
                                type.getName() + "." + step.name() + ": parameter '" + input.step() + "' " + what));
            }
        }
        List<String> ordered = of(steps).stream().map(StepMethod::name).toList();
        if (problems.isEmpty() && ordered.size() < steps.size()) {
            Set<String> stuck = byName.keySet().stream()
                    .filter(name -> !ordered.contains(name))
                    .collect(Collectors.toSet());
            problems.add(type.getName() + ": steps " + stuck.stream().sorted().toList()
                    + " depend on each other in a cycle, or on steps that do: break it");
        }
        return problems;
    }

    /** Every step after those it depends on, the first by name of those that could be next; steps in a cycle are left out. */
    static List<StepMethod> of(List<StepMethod> steps) {
        List<StepMethod> ordered = new ArrayList<>();
        Set<String> done = new HashSet<>();
        Optional<StepMethod> next = next(steps, done);
        while (next.isPresent()) {
            ordered.add(next.get());
            done.add(next.get().name());
            next = next(steps, done);
        }
        return List.copyOf(ordered);
    }

    private static Optional<StepMethod> next(List<StepMethod> steps, Set<String> done) {
        return steps.stream()
                .filter(step -> !done.contains(step.name()))
                .filter(step -> step.inputs().stream().allMatch(input -> done.contains(input.step())))
                .min(Comparator.comparing(StepMethod::name));
    }

    private static Optional<String> problem(Argument.FromStep input, Map<String, StepMethod> byName) {
        StepMethod giver = byName.get(input.step());
        if (giver == null) {
            return Optional.of("names no step (there are "
                    + byName.keySet().stream().sorted().toList()
                    + "): name it after the step whose output it takes, or mark it @Source or @Param");
        }
        if (input.kind() != Kind.FILE && input.kind() != giver.output()) {
            return Optional.of(
                    "is a " + input.kind().type().getSimpleName() + ", but step " + giver.name() + " gives a "
                            + giver.output().type().getSimpleName() + ": use that type, or Path for the bare file");
        }
        return Optional.empty();
    }
}
