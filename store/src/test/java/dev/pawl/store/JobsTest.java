package dev.pawl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobsTest {
    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void a_job_is_done_once_and_its_result_kept_with_its_end(TestDatabases kind) {
        try (Store store = kind.open(folder, clock)) {
            var done = new Recorded();
            add(store, "a");
            add(store, "a");
            add(store, "b");
            Worker worker = store.worker("test", done);
            while (worker.workOnNext()) {
                assertThat(done.kept.size()).isLessThanOrEqualTo(2);
            }
            assertThat(done.kept).containsExactly("a#1", "b#1");
            assertThat(store.database().<Long>read(store.jobs()::open)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_job_that_breaks_is_tried_five_times_with_growing_pauses_and_then_given_up(TestDatabases kind) {
        try (Store store = kind.open(folder, clock)) {
            var broken = new Recorded() {
                @Override
                public Consumer<Tx> attempt(Jobs.Job job) {
                    attempts.add(job.key() + "#" + job.attempt());
                    throw new IllegalStateException("broken");
                }
            };
            add(store, "a");
            Worker worker = store.worker("test", broken);
            for (int i = 0; i < 20; i++) {
                worker.workOnNext();
                clock.tick(Duration.ofSeconds(10));
            }
            assertThat(broken.attempts).containsExactly("a#1", "a#2", "a#3", "a#4", "a#5");
            assertThat(broken.gaveUp).containsExactly("a: broken");
            assertThat(store.database().<Long>read(store.jobs()::open)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_result_that_comes_after_the_lease_was_lost_is_thrown_away(TestDatabases kind) {
        String url = kind.fresh(folder);
        try (Store slow = kind.open(url, folder, clock);
                Store other = kind.open(url, folder, clock)) {
            add(slow, "a");
            var second = new Recorded();
            var first = new Recorded() {
                @Override
                public Consumer<Tx> attempt(Jobs.Job job) {
                    clock.tick(Jobs.LEASE.plusSeconds(1));
                    other.worker("test", second).workOnNext();
                    return super.attempt(job);
                }
            };
            slow.worker("test", first).workOnNext();
            assertThat(second.kept).containsExactly("a#2");
            assertThat(first.kept).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_lease_keeps_others_away_while_it_lasts_and_is_free_after_a_restart(TestDatabases kind) {
        try (Store store = kind.open(folder, clock)) {
            add(store, "a");
            assertThat(lease(store)).isPresent();
            assertThat(lease(store)).isEmpty();
            store.database().change(store.jobs()::releaseAll);
            assertThat(lease(store))
                    .hasValueSatisfying(job -> assertThat(job.attempt()).isEqualTo(2));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_fair_queue_serves_first_whom_it_serves_least(TestDatabases kind) {
        try (Store store = kind.open(folder, clock)) {
            for (String job : List.of("a1", "a2", "a3", "b1", "b2")) {
                store.database().change(tx -> store.jobs().add(tx, "test", job, job.substring(0, 1)));
            }
            assertThat(List.of(fair(store), fair(store), fair(store), fair(store), fair(store)))
                    .containsExactly("a1", "b1", "a2", "b2", "a3");
        }
    }

    private static String fair(Store store) {
        return store.database()
                .transact(tx -> store.jobs().lease(tx, "test", true))
                .orElseThrow()
                .key();
    }

    /** Whatever breaks, down to the keeping of the failure: the lease runs out and the job is made again. */
    @ParameterizedTest
    @EnumSource
    void a_job_whose_failure_could_not_even_be_kept_is_tried_again_after_its_lease(TestDatabases kind) {
        String url = kind.fresh(folder);
        kind.open(url, folder, clock).close();
        FailingStatements failing = new FailingStatements();
        try (Database database = kind.failing(url, failing)) {
            Jobs jobs = new Jobs(clock, "one");
            database.change(tx -> jobs.add(tx, "test", "a", "{}"));
            var broken = new Recorded() {
                @Override
                public Consumer<Tx> attempt(Jobs.Job job) {
                    attempts.add(job.key());
                    failing.failAfter(1);
                    throw new OutOfMemoryError("planned by the test");
                }
            };
            Worker worker = new Worker("test", database, jobs, clock, broken);
            assertThatThrownBy(worker::workOnNext).hasStackTraceContaining("planned by the test");
            assertThat(worker.workOnNext()).isFalse();
            clock.tick(Jobs.LEASE.plusSeconds(1));
            var healed = new Recorded();
            assertThat(new Worker("test", database, jobs, clock, healed).workOnNext())
                    .isTrue();
            assertThat(healed.kept).containsExactly("a#2");
        }
    }

    private static Optional<Jobs.Job> lease(Store store) {
        return store.database().transact(tx -> store.jobs().lease(tx, "test"));
    }

    private static void add(Store store, String key) {
        store.database().change(tx -> store.jobs().add(tx, "test", key, "{}"));
    }

    private static class Recorded implements Worker.Handler {
        final List<String> attempts = new ArrayList<>();
        final List<String> kept = new ArrayList<>();
        final List<String> gaveUp = new ArrayList<>();

        @Override
        public Consumer<Tx> attempt(Jobs.Job job) {
            attempts.add(job.key() + "#" + job.attempt());
            return tx -> tx.afterCommit(() -> kept.add(job.key() + "#" + job.attempt()));
        }

        @Override
        public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {
            gaveUp.add(job.key() + ": " + error.getMessage());
        }
    }
}
