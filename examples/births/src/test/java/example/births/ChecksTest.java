package example.births;

import dev.pawl.junit.HostileInputs;
import dev.pawl.sdk.LossCurve;
import dev.pawl.sdk.StepResult;
import dev.pawl.sdk.StepTest;
import dev.pawl.sdk.Table;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What Pawl's CI will check, as ordinary tests: they fail on this machine, before the push. */
class ChecksTest {
    private static final String BIRTHS = "data/births.csv";

    @HostileInputs(pipeline = Births.class, step = "ingest", input = "csv", from = BIRTHS)
    void ingest_bears_hostile_days() {}

    @HostileInputs(pipeline = Births.class, step = "features", input = "ingest", from = BIRTHS)
    void features_bear_hostile_days() {}

    @Test
    void training_converges_and_gives_the_same_model_again() {
        Births pipeline = new Births();
        Table features = pipeline.features(pipeline.ingest(Path.of(BIRTHS)).first(716), 14);

        StepResult trained =
                StepTest.of(Births.class, "train").input("features", features).runTwice();

        LossCurve.of(trained.metrics(), "loss").requireFall();
    }
}
