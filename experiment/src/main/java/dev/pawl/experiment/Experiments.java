package dev.pawl.experiment;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Commands;
import dev.pawl.executor.PipelineClass;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.ProjectPackage;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stage 1: runs from a working copy, on the same engine that CI and production use, with everything recorded that tells one
 * from another: the commit, the uncommitted changes, the data, the parameters, the metrics.
 */
public final class Experiments implements Needs {
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
            Path folder, Digest packageDigest, Digest definitionDigest, Definition definition, SourceState source) {}

    /**
     * Builds the working copy and keeps what a run needs of it.
     *
     * @param buildLog gets the build's output
     * @param build false if the working copy is built already
     * @throws PawlException if pawl.yaml, the build or the pipeline class is wrong, with the reasons
     */
    public Prepared prepare(Path folder, boolean build, Path buildLog) throws InterruptedException {
        PawlYaml yaml = PawlYaml.read(folder);
        WorkingCopy copy = new WorkingCopy(folder, commands);
        CiPlan ci = yaml.ci();
        if (build && ci.build().isPresent()) {
            copy.build(ci.build().get(), ci.buildTimeout(), buildLog);
        }
        Definition definition = yaml.compile(description(folder, yaml));
        Digest packageDigest = ProjectPackage.keep(store.artifacts(), folder, definition);
        return new Prepared(
                folder, packageDigest, definitions.keep(definition), definition, copy.state(store.artifacts()));
    }

    /**
     * Hands in a run.
     *
     * @param asOf the moment in event time whose data the run sees
     * @param sample only so many first rows of each source, if given
     */
    public RunId start(Prepared prepared, Instant asOf, Optional<Integer> sample) {
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
                            store.clock().now()));
            runs.submit(tx, spec);
        });
        return run;
    }

    public Experiment get(RunId run) {
        return store.database()
                .read(tx -> ExperimentStore.find(tx, run))
                .orElseThrow(() -> PawlException.notFound(
                        "no-run", "There is no run '" + run + "' here; 'pawl runs' lists those of this folder"));
    }

    /** Newest first. */
    public List<Experiment> newest(int limit) {
        return store.database().read(tx -> ExperimentStore.newest(tx, limit));
    }

    private Optional<String> description(Path folder, PawlYaml yaml) throws InterruptedException {
        if (yaml.pipelineClass().isEmpty()) {
            return Optional.empty();
        }
        List<Path> classPath = ProjectPackage.classPath(folder, yaml.ci());
        return Optional.of(PipelineClass.describe(
                commands, javaHome, classPath, yaml.pipelineClass().get()));
    }

    @Override
    public void needs(Tx tx, Needed needed) {
        ExperimentStore.needs(tx, needed);
    }

    @Override
    public void forget(Tx tx, List<RunId> runs) {
        ExperimentStore.forget(tx, runs);
    }
}
