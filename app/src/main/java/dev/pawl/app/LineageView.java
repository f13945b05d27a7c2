package dev.pawl.app;

import dev.pawl.experiment.Experiment;
import dev.pawl.experiment.SourceState;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.StepState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Where something comes from and where it went.
 *
 * @param of what was asked about: an artifact, a model version or a run
 * @param registered the model versions whose file the artifact is; of a run, those that it trained
 * @param back the steps that it is made by, each before those that gave what it read
 * @param forth the steps that read it, each before those that read what it gave
 * @param leftOff what was not asked for of both
 */
record LineageView(
        String of,
        Optional<Digest> artifact,
        List<String> registered,
        List<Stop> back,
        List<Stop> forth,
        LeftOff leftOff) {

    /** How many steps there are besides in each direction, as far as they were looked for. */
    record LeftOff(int back, int forth) {}

    /**
     * A step on the way.
     *
     * @param depth how many steps away
     * @param name of the output (going back) or input (going forth) by which it was reached
     * @param others what it read (going back) or gave (going forth)
     */
    record Stop(int depth, Step step, String name, Digest artifact, List<Artifact> others) {}

    /**
     * @param source the source of data that it is a view of, if it is
     * @param registered the model versions whose file it is
     */
    record Artifact(String name, Digest artifact, Optional<String> source, List<String> registered) {}

    /**
     * Who did it, with what.
     *
     * @param items how many, of a step that is fanned out
     * @param code digest of what it could read of the package or, for Java, of its jars
     * @param startedAt of a step that is fanned out, when the first of its items began
     */
    record Step(
            RunId run,
            StepName step,
            Optional<Integer> item,
            Optional<Integer> items,
            StepState state,
            Optional<RunId> cachedFrom,
            SortedMap<String, Object> parameters,
            Optional<String> code,
            Digest packageDigest,
            Digest definition,
            Optional<Source> source,
            Instant asOf,
            Optional<Machine> machine,
            Optional<Instant> startedAt,
            Optional<Instant> endedAt) {}

    /**
     * @param changes what was not committed, as a patch
     * @param ciRun the CI run that checked the commit, if one did
     */
    record Source(String commit, Optional<Digest> changes, Optional<CiRunId> ciRun) {
        /** Empty where there was no commit. */
        static Optional<Source> of(Experiment experiment) {
            SourceState source = experiment.source();
            return source.commit().map(commit -> new Source(commit.value(), source.changes(), Optional.empty()));
        }
    }

    record Machine(String executor, String host, String jdk, String system) {}
}
