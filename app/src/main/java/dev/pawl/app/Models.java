package dev.pawl.app;

import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.monitoring.Scored;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.HeldOut;
import dev.pawl.registry.RegisteredVersion;
import dev.pawl.registry.Registry;
import dev.pawl.serving.BatchScorer;
import dev.pawl.store.Store;
import java.util.List;
import java.util.stream.IntStream;

/** What registered models do on their held-out rows: monitoring's question, answered by registry and serving. */
record Models(Store store, Definitions definitions, Registry registry) {

    List<Scored> reference(ModelVersion version) {
        RegisteredVersion registered = registry.version(version);
        ModelPlan.Holdout plan =
                definitions.get(registered.definition()).model().orElseThrow().holdout();
        HeldOut heldOut = HeldOut.read(store.artifacts().text(registered.holdout()), plan);
        try (BatchScorer scorer = BatchScorer.of(version, store.artifacts().bytes(registered.artifact()))) {
            double[] predicted = scorer.score(heldOut.features(scorer.features(), Integer.MAX_VALUE));
            return IntStream.range(0, predicted.length)
                    .mapToObj(i -> new Scored(
                            heldOut.rows().get(i).time(),
                            predicted[i],
                            heldOut.rows().get(i).label()))
                    .toList();
        }
    }
}
