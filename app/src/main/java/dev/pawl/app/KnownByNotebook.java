package dev.pawl.app;

import dev.pawl.experiment.Experiments;
import dev.pawl.kernel.Digest;
import dev.pawl.pipeline.Run;
import java.util.List;
import java.util.Optional;

/** What was kept of the runs of a working copy. */
record KnownByNotebook(Notebook notebook) implements Origins.Known, RunRoutes.Known {
    @Override
    public Optional<LineageView.Source> source(Run run) {
        return Experiments.find(notebook.store(), run.spec().id()).flatMap(LineageView.Source::of);
    }

    @Override
    public List<String> registered(Digest artifact) {
        return List.of(); // models are registered by servers
    }

    @Override
    public Standing standing(Run run) {
        return notebook.standing(run);
    }
}
