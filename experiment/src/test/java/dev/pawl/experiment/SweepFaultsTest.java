package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.store.FailingStatements;
import dev.pawl.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database fails at the first statement of a sweep, at the second one, and so on: what comes of it is always the same. */
@Timeout(300)
class SweepFaultsTest {
    @TempDir
    Path folder;

    @Test
    void a_step_that_fails_anywhere_neither_loses_nor_doubles_a_trial() throws IOException {
        List<String> peaceful = turn("peace", Long.MAX_VALUE).trials();
        assertThat(peaceful).as("three and the best of them again").hasSize(4);
        for (long statement = 1; ; statement++) {
            Turned turned = turn("fault-" + statement, statement);
            assertThat(turned.trials()).as("statement %d fails", statement).isEqualTo(peaceful);
            assertThat(turned.runs()).as("statement %d fails", statement).isEqualTo(peaceful.size());
            if (turned.failures() == 0) {
                assertThat(statement).as("statements of a sweep").isGreaterThan(40);
                return;
            }
        }
    }

    private record Turned(List<String> trials, int runs, int failures) {}

    private Turned turn(String name, long failAfter) throws IOException {
        Path place = Files.createDirectories(folder.resolve(name));
        var failing = new FailingStatements();
        var database = TestDatabases.SQLITE.failing(TestDatabases.SQLITE.fresh(place), failing);
        try (Tuning tuning = new Tuning(database, place)) {
            failing.failAfter(failAfter);
            int failures = turn(tuning);
            failing.failAfter(Long.MAX_VALUE);
            return new Turned(trials(tuning), tuning.played().size(), failures);
        }
    }

    /** @return how often something failed */
    private static int turn(Tuning tuning) {
        for (int failures = 0; ; ) {
            try {
                goOn(tuning);
                return failures;
            } catch (RuntimeException e) {
                failures++;
            }
        }
    }

    /** What whoever starts again does: go on with what there is, else begin. */
    private static void goOn(Tuning tuning) {
        if (tuning.sweeps.past().newest(Optional.empty(), 1).isEmpty()) {
            tuning.begin("rounds", 3);
        } else {
            tuning.interrupted("rounds").ifPresent(sweep -> tuning.sweeps.resume(sweep.id()));
        }
        tuning.endAll();
        assertThat(isOver(tuning)).isTrue();
    }

    private static boolean isOver(Tuning tuning) {
        return tuning.sweeps.past().newest(Optional.empty(), 1).stream()
                .anyMatch(sweep -> sweep.state() == StartedSweep.State.ENDED);
    }

    private static List<String> trials(Tuning tuning) {
        return tuning
                .sweeps
                .past()
                .trials(tuning.sweeps
                        .past()
                        .newest(Optional.empty(), 1)
                        .getFirst()
                        .id())
                .stream()
                .map(trial ->
                        "%d/%d %s = %s".formatted(trial.round(), trial.number(), trial.parameters(), trial.value()))
                .toList();
    }
}
