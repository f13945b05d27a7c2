package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.pipeline.Run;
import dev.pawl.registry.Registry;
import java.util.List;
import java.util.Optional;

/** What pipeline CI knows of packages, and the registry of models. */
record KnownByStages(Ci ci, Registry registry) implements Origins.Known, RunRoutes.Known {
    @Override
    public Optional<LineageView.Source> source(Run run) {
        return run.spec().purpose() == Purpose.INTEGRATION
                ? ci.ofCheckRun(run.spec().id()).map(of -> source(of.commit(), of.id()))
                : ci.findPackage(run.spec().packageDigest()).map(built -> source(built.commit(), built.ciRun()));
    }

    private static LineageView.Source source(CommitId commit, CiRunId checkedBy) {
        return new LineageView.Source(commit.value(), Optional.empty(), Optional.of(checkedBy));
    }

    @Override
    public List<String> registered(Digest artifact) {
        return registry.versionsOf(artifact).stream()
                .map(ModelVersion::toString)
                .toList();
    }

    @Override
    public Standing standing(Run run) {
        return Standing.of(run.state()); // if its server is gone, another one will take it
    }
}
