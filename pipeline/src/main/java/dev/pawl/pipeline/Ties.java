package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.LineageLink.Role;
import dev.pawl.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the steps of a run had from each other. It is known by step and output, as the run's definition says, and so is right where
 * several steps gave the same content. Every question costs a few rows, however many items a run has.
 */
final class Ties {
    private final Tx tx;
    private final Definitions definitions;
    private final LineageStore links = new LineageStore();
    private final RunStore runs = new RunStore();
    private final Map<RunId, Definition> known = new HashMap<>();
    private final Map<Seen, Optional<LineageLink>> makersOfData = new HashMap<>();

    private record Seen(RunId run, Digest artifact) {}

    Ties(Tx tx, Definitions definitions) {
        this.tx = tx;
        this.definitions = definitions;
    }

    /** The output that an input is: of the run's own step, or, of a source of data, of a step of an earlier run. */
    Optional<LineageLink> giver(LineageLink input) {
        return switch (definition(input.run()).step(input.step()).inputs().get(input.name())) {
            case FromStep from -> links.find(tx, input.run(), from.step(), Role.OUTPUT, from.output());
            case FromData _ ->
                makersOfData.computeIfAbsent(
                        new Seen(input.run(), input.artifact()),
                        seen -> links.makerOfData(tx, seen.artifact(), seen.run()));
            case null -> Optional.empty();
        };
    }

    /** The inputs of the run's own steps that an output became. */
    List<LineageLink> readers(LineageLink output) {
        return reading(
                        output.run(),
                        input -> input instanceof FromStep from
                                && from.step().equals(output.step())
                                && from.output().equals(output.name()))
                .toList();
    }

    /** The inputs of steps in other runs that an output became as data. */
    List<LineageLink> readersOfData(LineageLink output) {
        return links.seenAsData(tx, output, Lineage.MOST_READERS).stream()
                .flatMap(sight -> reading(sight.run(), new FromData(sight.source())::equals))
                .toList();
    }

    /** What the steps of a run gave, each as a whole. */
    List<LineageLink> outputs(RunId run) {
        return definition(run).steps().stream()
                .flatMap(step -> links.of(tx, run, step.name(), StepKey.WHOLE, Role.OUTPUT).stream())
                .toList();
    }

    /** What none of the run's own steps has read. */
    List<LineageLink> results(RunId run) {
        return outputs(run).stream().filter(output -> readers(output).isEmpty()).toList();
    }

    private interface Which {
        boolean takes(Input input);
    }

    private Stream<LineageLink> reading(RunId run, Which which) {
        return definition(run).steps().stream()
                .flatMap(step -> step.inputs().entrySet().stream()
                        .filter(input -> which.takes(input.getValue()))
                        .flatMap(input -> links.find(tx, run, step.name(), Role.INPUT, input.getKey()).stream()));
    }

    private Definition definition(RunId run) {
        return known.computeIfAbsent(
                run,
                id -> definitions.get(runs.find(tx, id).orElseThrow().spec().definition()));
    }
}
