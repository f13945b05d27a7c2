package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExperimentStoreTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @EnumSource
    void an_experiment_is_read_as_it_was_written(TestDatabases database, @TempDir Path folder) {
        var plain = new Experiment(new RunId("run-1"), "/work", SourceState.UNKNOWN, Variation.NONE, START);
        var varied = new Experiment(
                new RunId("run-2"),
                "/work",
                new SourceState(Optional.of(new CommitId("a".repeat(40))), Optional.of(Digest.of("patch"))),
                new Variation(
                        new TreeMap<>(Map.of("train.eta", 0.1, "train.rounds", 3, "train.loss", "l2")),
                        List.of(new StepName("train"))),
                START.plusSeconds(1));
        try (Store store = database.open(folder, Clock.system(), Experiments.SCHEMA)) {
            store.database().change(tx -> List.of(plain, varied).forEach(one -> ExperimentStore.add(tx, one)));

            assertThat(new PastExperiments(store).newest(5)).containsExactly(varied, plain);
            assertThat(new PastExperiments(store).get(plain.run())).isEqualTo(plain);
        }
    }
}
