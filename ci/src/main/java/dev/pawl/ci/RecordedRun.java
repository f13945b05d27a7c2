package dev.pawl.ci;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.Runs;
import dev.pawl.store.Artifacts;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the steps of a run read, and gave: as far as it came, for it may have failed.
 *
 * @param steps by name
 * @param snapshots of data, by source
 */
record RecordedRun(
        Artifacts artifacts, Definition definition, Map<StepName, RunStep> steps, SortedMap<String, Digest> snapshots) {

    static RecordedRun of(Artifacts artifacts, Definition definition, Runs runs, RunId run) {
        return new RecordedRun(
                artifacts,
                definition,
                runs.steps(run).stream().collect(Collectors.toMap(RunStep::name, Function.identity())),
                runs.snapshots(run));
    }

    /** Of a step that is fanned out, those of its first element. Empty if one that it needs is not there. */
    Optional<SortedMap<String, Digest>> of(Step step) {
        SortedMap<String, Digest> read = new TreeMap<>();
        for (Map.Entry<String, Input> input : step.inputs().entrySet()) {
            Optional<Digest> digest = digest(input.getValue());
            if (digest.isPresent()) {
                read.put(input.getKey(), digest.get());
            } else if (!isOptional(input.getValue())) {
                return Optional.empty();
            }
        }
        return Optional.of(read);
    }

    private Optional<Digest> digest(Input input) {
        return switch (input) {
            case FromData(String source) -> Optional.ofNullable(snapshots.get(source));
            case FromStep from -> {
                Optional<Digest> whole = gave(from.step(), from.output());
                yield from.each() ? whole.flatMap(this::first) : whole;
            }
        };
    }

    private static boolean isOptional(Input input) {
        return switch (input) {
            case FromData _ -> false;
            case FromStep from -> from.optional();
        };
    }

    /** What a step gave; a list where it was fanned out. */
    Optional<Digest> gave(StepName step, String output) {
        return Optional.ofNullable(steps.get(step)).map(row -> row.outputs().get(output));
    }

    /**
     * What a step gave that has one output of this type.
     *
     * @throws java.util.NoSuchElementException if it gave none
     */
    Digest gave(StepName step, OutputType type) {
        return definition.step(step).outputs().entrySet().stream()
                .filter(output -> output.getValue().type() == type)
                .findFirst()
                .flatMap(output -> gave(step, output.getKey()))
                .orElseThrow();
    }

    /** What it gave, for its first element where it was fanned out: what a trial gives. */
    Optional<Digest> gaveFirst(Step step, String output) {
        Optional<Digest> whole = gave(step.name(), output);
        return step.isFannedOut() ? whole.flatMap(this::first) : whole;
    }

    private Optional<Digest> first(Digest list) {
        return artifacts.members(list).values().stream().findFirst();
    }

    /** What of an input can be made hostile, if anything. */
    Optional<HostileForm> hostile(Input input) {
        return switch (input) {
            case FromData _ -> Optional.of(HostileForm.TABLE);
            case FromStep from ->
                Optional.ofNullable(definition.step(from.step()).outputs().get(from.output()))
                        .flatMap(output -> hostile(
                                output.type(),
                                !from.each() && definition.step(from.step()).givesList(from.output())));
        };
    }

    private static Optional<HostileForm> hostile(OutputType type, boolean list) {
        return switch (type) {
            case TABLE -> Optional.of(list ? HostileForm.FIRST_TABLE : HostileForm.TABLE);
            case REPORT, RECORD, VALUE -> list ? Optional.empty() : Optional.of(HostileForm.JSON);
            case MODEL, FILE, FOLDER -> Optional.empty();
        };
    }
}
