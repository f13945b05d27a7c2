package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.RunId;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DailyCollectionTest {
    @TempDir
    Path folder;

    @Test
    void by_itself_it_collects_once_a_day() {
        try (Rig rig = Rig.over(
                        () -> TestDatabases.SQLITE.open(folder, Clock.system(), Orchestrator.SCHEMA),
                        folder,
                        new ScriptedExecutor())
                .start()) {
            RunId first = rig.submit(pipeline(TestStep.step("a", "ok")));
            rig.awaitEnd(first);
            RunId second = rig.submit(pipeline(TestStep.step("b", "ok")));
            rig.awaitEnd(second);
            var time = new DaysPass(Clock.system());
            Collector collector = new Collector(rig.store(), List.of());
            try (var daily = new DailyCollection(collector, new KeepPolicy(Duration.ZERO, 1, Duration.ofHours(1)), time)
                    .start()) {
                assertThat(daily).isNotNull();
                assertThat(time.slept()).isEqualTo(Duration.ofHours(1));
                assertThat(rig.orchestrator().find(first))
                        .as("an hour has not passed")
                        .isPresent();
                time.pass();
                assertThat(time.slept()).isEqualTo(Duration.ofDays(1));
                assertThat(rig.orchestrator().find(first)).isEmpty();
                assertThat(rig.orchestrator().find(second)).isPresent();
                time.pass();
                assertThat(time.slept()).isEqualTo(Duration.ofDays(1));
            }
        }
    }

    /** Who sleeps is told of, and sleeps until the test says that the time has passed. */
    private record DaysPass(Clock real, SynchronousQueue<Duration> asleep, SynchronousQueue<Boolean> passed)
            implements Clock {
        DaysPass(Clock real) {
            this(real, new SynchronousQueue<>(), new SynchronousQueue<>());
        }

        @Override
        public Instant now() {
            return real.now();
        }

        @Override
        public long nanos() {
            return real.nanos();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            asleep.put(duration);
            passed.take();
        }

        Duration slept() {
            return uninterrupted(asleep::take);
        }

        void pass() {
            uninterrupted(() -> {
                passed.put(true);
                return true;
            });
        }

        private static <T> T uninterrupted(Callable<T> work) {
            try {
                return work.call();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }
}
