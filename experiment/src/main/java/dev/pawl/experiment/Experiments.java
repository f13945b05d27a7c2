package dev.pawl.experiment;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.DeclaredParameters;
import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Commands;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.EarlierSteps;
import dev.pawl.pipeline.ProjectPackage;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Stage 1: runs from a working copy, on the same engine that CI and production use, with everything recorded that tells one
 * from another: the commit, the uncommitted changes, the data, the parameters, the metrics.
 */
public final class Experiments {
    public static final Schema SCHEMA = new Schema("experiment", Experiments.class, 1);

    private final Store store;
    private final Definitions definitions;
    private final RunQueue runs;
    private final Commands commands;
    private final Path javaHome;

    public Experiments(Store store, Definitions definitions, RunQueue runs, Commands commands, Path javaHome) {
        this.store = store;
        this.definitions = definitions;
        this.runs = runs;
        this.commands = commands;
        this.javaHome = javaHome;
    }

    /** A working copy that was built, checked and kept: it can be run any number of times. */
    public record Prepared(
            Path folder,
            Digest packageDigest,
            Digest definitionDigest,
            Definition definition,
            SourceState source,
            Variation variation) {}

    /**
     * Builds the working copy and keeps what a run needs of it.
     *
     * @param build false if the working copy is built already
     * @param buildLog gets the build's output
     * @throws PawlException if pawl.yaml, the build, the pipeline class or the variation is wrong, with the reasons
     */
    public Prepared prepare(Path folder, boolean build, Path buildLog, Variation variation)
            throws InterruptedException {
        CiPlan ci = PawlYaml.read(folder).ci(); // before a build of minutes what is wrong with it is told
        WorkingCopy copy = new WorkingCopy(folder, commands);
        if (build && ci.build().isPresent()) {
            copy.build(ci.build().get(), ci.buildTimeout(), buildLog);
        }
        ProjectDefinition read = ProjectDefinition.read(folder, commands, javaHome);
        Definition whole = read.definition();
        Definition definition = varied(whole, read.declared(), variation);
        return new Prepared(
                folder,
                ProjectPackage.keep(store.artifacts(), folder, whole),
                definitions.keep(definition),
                definition,
                copy.state(store.artifacts()),
                variation.made(whole, definition));
    }

    /** The working copy as it is. */
    public Prepared prepare(Path folder, boolean build, Path buildLog) throws InterruptedException {
        return prepare(folder, build, buildLog, Variation.NONE);
    }

    private static Definition varied(Definition whole, DeclaredParameters declared, Variation variation) {
        Definition changed = whole.withParameters(variation.parameters(), declared);
        return variation.only().isEmpty() ? changed : changed.only(variation.only());
    }

    /**
     * Hands in a run.
     *
     * @param asOf the moment in event time whose data the run sees
     * @param sample only so many first rows of each source, if given
     */
    public RunId start(Prepared prepared, Instant asOf, Optional<Integer> sample) {
        return start(prepared, asOf, sample, Map.of());
    }

    /**
     * The steps that read the outside world (their cache is off) and were not asked for, but are read from, with the newest run that
     * made each: what they gave then will do, so that they are not made again. Their code is not compared: whoever changes it asks for
     * them.
     *
     * @param asOf the moment whose data they are to have seen, if it has to be a certain one
     */
    public SortedMap<StepName, RunId> earlier(Prepared prepared, Optional<Instant> asOf, Optional<Integer> sample) {
        List<StepName> asked = prepared.variation().only();
        List<StepName> needed = prepared.definition().steps().stream()
                .filter(step -> !step.rules().cache() && !asked.contains(step.name()))
                .map(Definition.Step::name)
                .toList();
        return new EarlierSteps(store, definitions)
                .newest(prepared.definition(), asked.isEmpty() ? List.of() : needed, asOf, sample);
    }

    /** @param earlier steps that are taken over, with the runs that made them */
    public RunId start(Prepared prepared, Instant asOf, Optional<Integer> sample, Map<StepName, RunId> earlier) {
        RunId run = store.ids().next("run", RunId::new);
        var spec = new RunQueue.RunSpec(
                run,
                prepared.definition().project(),
                Fact.Purpose.EXPERIMENT,
                Optional.empty(),
                prepared.packageDigest(),
                prepared.definitionDigest(),
                asOf,
                sample,
                "experiment");
        store.database().change(tx -> {
            ExperimentStore.add(
                    tx,
                    new Experiment(
                            run,
                            prepared.folder().toString(),
                            prepared.source(),
                            prepared.variation(),
                            store.clock().now()));
            runs.submit(tx, spec);
            new EarlierSteps(store, definitions).takeOver(tx, run, prepared.definition(), earlier);
        });
        return run;
    }

    /**
     * Hands in a run that does an earlier one's work again: it comes from the same source.
     *
     * @param earlier the run of this folder that it is made of
     */
    public RunId again(RunId earlier, RunQueue.RunSpec next) {
        Experiment source = get(earlier);
        store.database().change(tx -> {
            ExperimentStore.add(
                    tx,
                    new Experiment(
                            next.id(),
                            source.folder(),
                            source.source(),
                            source.variation(),
                            store.clock().now()));
            runs.submit(tx, next);
        });
        return next.id();
    }

    /** Where a run came from, as a store's rows say; empty if it was no experiment. */
    public static Optional<Experiment> find(Store store, RunId run) {
        return store.database().read(tx -> ExperimentStore.find(tx, run));
    }

    public Experiment get(RunId run) {
        return new PastExperiments(store).get(run);
    }

    /** Newest first. */
    public List<Experiment> newest(int limit) {
        return new PastExperiments(store).newest(limit);
    }
}
