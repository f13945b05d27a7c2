package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.ci.CiPackage;
import dev.pawl.ci.CiRun;
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
        Optional<CommitId> commit = run.spec().purpose() == Purpose.INTEGRATION
                ? ci.ofCheckRun(run.spec().id()).map(CiRun::commit)
                : ci.findPackage(run.spec().packageDigest()).map(CiPackage::commit);
        return commit.map(id -> new LineageView.Source(id.value(), Optional.empty()));
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
