package dev.pawl.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.BackfillId;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.store.FailingStatements;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class BackfillsTest {
    private static final ProjectName PROJECT = new ProjectName("births");

    @TempDir
    Path folder;

    private BackfillRig rig(TestDatabases database) {
        return new BackfillRig(database.connect(database.fresh(folder)), folder);
    }

    @ParameterizedTest
    @EnumSource
    void it_runs_every_moment_once_and_so_many_at_a_time(TestDatabases database) {
        try (BackfillRig rig = rig(database)) {
            BackfillId id = rig.begin(5, 2).id();
            assertThat(rig.handed()).extracting(BackfillRig.Handed::asOf).containsExactlyInAnyOrder(day(0), day(7));
            assertThat(rig.handed())
                    .allMatch(run -> run.priority() < -100 && run.parent().equals(id.value()));

            while (!rig.backfills.get(id).state().isOver()) {
                rig.finish(rig.underWay(id).getFirst().run().orElseThrow(), Outcome.SUCCEEDED);
                assertThat(rig.underWay(id).size()).isLessThanOrEqualTo(2);
            }

            assertThat(rig.backfills.get(id).state()).isEqualTo(BackfillState.SUCCEEDED);
            assertThat(rig.backfills.get(id).tally()).isEqualTo(new Tally(0, 0, 5, 0, 0));
            assertThat(rig.handed())
                    .extracting(BackfillRig.Handed::asOf)
                    .containsExactlyInAnyOrder(day(0), day(7), day(14), day(21), day(28));
        }
    }

    @ParameterizedTest
    @EnumSource
    void while_it_is_paused_nothing_begins(TestDatabases database) {
        try (BackfillRig rig = rig(database)) {
            BackfillId id = rig.begin(3, 1).id();
            assertThat(rig.backfills.pause(id).state()).isEqualTo(BackfillState.PAUSED);
            rig.finishAll(id, Outcome.SUCCEEDED);
            assertThat(rig.handed()).hasSize(1);
            assertThatThrownBy(() -> rig.backfills.pause(id)).hasMessageContaining("is PAUSED and cannot be paused");

            assertThat(rig.backfills.resume(id).tally()).isEqualTo(new Tally(1, 1, 1, 0, 0));
            rig.finishAll(id, Outcome.SUCCEEDED);
            assertThat(rig.backfills.get(id).state()).isEqualTo(BackfillState.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void cancelling_it_cancels_its_runs_and_is_over_with_them(TestDatabases database) {
        try (BackfillRig rig = rig(database)) {
            BackfillId id = rig.begin(5, 2).id();
            assertThat(rig.backfills.cancel(id).state()).isEqualTo(BackfillState.CANCELLING);
            long asked = rig.store.database().read(tx -> tx.number("select count(*) from cancelled"));
            assertThat(asked).isEqualTo(2);
            rig.finishAll(id, Outcome.CANCELLED);
            assertThat(rig.backfills.get(id).state()).isEqualTo(BackfillState.CANCELLED);
            assertThat(rig.backfills.get(id).tally()).isEqualTo(new Tally(0, 0, 0, 0, 5));
            assertThatThrownBy(() -> rig.backfills.rerun(id))
                    .isInstanceOf(PawlException.class)
                    .hasMessageContaining("is CANCELLED");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_failed_is_counted_shown_and_run_again_from_where_it_failed(TestDatabases database) {
        try (BackfillRig rig = rig(database)) {
            BackfillId id = rig.begin(3, 3).id();
            RunId bad = rig.underWay(id).get(1).run().orElseThrow();
            rig.finish(bad, Outcome.FAILED);
            rig.finishAll(id, Outcome.SUCCEEDED);
            assertThat(rig.backfills.get(id).state()).isEqualTo(BackfillState.FAILED);
            assertThat(rig.backfills.runs(id, BackfillRun.State.FAILED, 10))
                    .containsExactly(new BackfillRun(
                            1,
                            day(7),
                            BackfillRun.State.FAILED,
                            Optional.of(bad),
                            1,
                            Optional.of("the planet was wrong")));

            assertThat(rig.backfills.rerun(id).tally()).isEqualTo(new Tally(0, 1, 2, 0, 0));
            assertThat(rig.handed())
                    .filteredOn(run -> run.resumes().isPresent())
                    .singleElement()
                    .satisfies(run -> assertThat(run.asOf()).isEqualTo(day(7)))
                    .satisfies(run -> assertThat(run.resumes()).contains(bad));
            rig.finishAll(id, Outcome.SUCCEEDED);
            assertThat(rig.backfills.get(id).state()).isEqualTo(BackfillState.SUCCEEDED);
        }
    }

    /** The database goes away at each statement in turn: what was asked for is asked for again, facts come again by themselves. */
    @ParameterizedTest
    @EnumSource
    void whatever_statement_fails_each_run_is_handed_in_once(TestDatabases database) {
        FailingStatements failing = new FailingStatements();
        try (BackfillRig rig = new BackfillRig(database.failing(database.fresh(folder), failing), folder)) {
            long n = 1;
            for (long seen = Long.MAX_VALUE; seen >= n; n++) {
                long before = failing.seen();
                failing.failAfter(n);
                BackfillId id = oneFails(rig);
                seen = failing.seen() - before;
                failing.failAfter(Long.MAX_VALUE);
                assertThat(state(rig, id)).as("statement %d", n).isEqualTo(BackfillState.SUCCEEDED);
                assertThat(rig.handed())
                        .as("statement %d", n)
                        .filteredOn(run -> run.parent().equals(id.value()))
                        .extracting(BackfillRig.Handed::asOf)
                        .containsExactlyInAnyOrder(day(0), day(0), day(7), day(14));
            }
        }
    }

    /** The first of three runs fails, then it is paused, resumed, and run again to a good end. */
    private static BackfillId oneFails(BackfillRig rig) {
        BackfillId id = again(() -> rig.begin(3, 1)).id();
        RunId bad = again(() -> rig.underWay(id)).getFirst().run().orElseThrow();
        again(() -> {
            rig.finish(bad, Outcome.FAILED);
            return true;
        });
        again(() -> state(rig, id) == BackfillState.PAUSED ? "paused" : rig.backfills.pause(id));
        again(() -> state(rig, id) == BackfillState.RUNNING ? "resumed" : rig.backfills.resume(id));
        again(() -> rig.backfills.get(id).tally().failed() == 0 ? "again" : rig.backfills.rerun(id));
        again(() -> {
            rig.finishAll(id, Outcome.SUCCEEDED);
            return true;
        });
        return id;
    }

    @Test
    void a_range_that_cannot_be_is_refused_with_what_to_change() {
        try (BackfillRig rig = rig(TestDatabases.SQLITE)) {
            assertThatThrownBy(() -> new BackfillPlan(day(1), day(0), Duration.ofDays(1), 1))
                    .hasMessageContaining("'to' (1971-01-01T00:00:00Z) is before 'from'");
            assertThatThrownBy(() -> new BackfillPlan(day(0), day(100), Duration.ofMinutes(1), 1))
                    .hasMessageContaining("at most 10000")
                    .hasMessageContaining("longer interval");
            assertThatThrownBy(() -> rig.backfills.begin(
                            PROJECT,
                            new EnvironmentName("staging"),
                            new BackfillPlan(day(0), day(1), Duration.ofDays(1), 1),
                            "a test"))
                    .hasMessageContaining("Deployed are: births in prod");
            assertThatThrownBy(() -> rig.backfills.get(new BackfillId("backfill-1")))
                    .hasMessageContaining("pawl backfill list");
        }
    }

    private static BackfillState state(BackfillRig rig, BackfillId id) {
        return rig.backfills.get(id).state();
    }

    private static Instant day(int day) {
        return BackfillRig.DAY_0.plus(Duration.ofDays(day));
    }

    private static <T> T again(Supplier<T> attempt) {
        while (true) {
            try {
                return attempt.get();
            } catch (AssertionError e) {
                throw e;
            } catch (RuntimeException e) {
                assertThat(e.getMessage()).contains("planned by the test");
            }
        }
    }
}
