package dev.pawl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Fact.Trigger;
import dev.pawl.monitoring.LiveWindow.State;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabases.class)
class MonitoringTest {
    private final TestDatabases databases;

    @TempDir
    private Path folder;

    MonitoringTest(TestDatabases databases) {
        this.databases = databases;
    }

    @Test
    void a_window_closes_when_its_labels_are_due_and_not_before() {
        try (World world = new World(databases, folder)) {
            world.deploy(1, Optional.empty());
            world.live(1, 0, 14, 1);
            world.label(0, 7);
            assertThat(world.monitoring.windows(World.MODEL, 10)).isEmpty();

            world.label(7, 8);
            assertThat(world.facts(Fact.WindowClosed.class)).singleElement().satisfies(window -> {
                assertThat(window.from()).isEqualTo(World.day(0));
                assertThat(window.to()).isEqualTo(World.day(7));
                assertThat(window.closedAt()).isEqualTo(World.day(9));
                assertThat(window.value()).isCloseTo(1, within(1e-9));
                assertThat(window.predictions()).isEqualTo(7);
                assertThat(window.labels()).isEqualTo(7);
            });
            assertThat(world.facts(Fact.PerformanceDecayed.class)).isEmpty();
        }
    }

    @Test
    void a_live_error_above_the_limit_is_decay_and_says_by_which_test() {
        try (World world = new World(databases, folder)) {
            world.deploy(1, Optional.empty());
            double limit = world.monitoring.summary(World.MODEL).limit().orElseThrow();
            assertThat(limit).isCloseTo(1 + 2.131847 * Math.sqrt(0.025) * Math.sqrt(1.2), within(1e-5));
            world.live(1, 0, 8, 1.4);
            world.label(0, 8);

            assertThat(world.facts(Fact.PerformanceDecayed.class))
                    .singleElement()
                    .satisfies(decay -> {
                        assertThat(decay.version()).isEqualTo(World.version(1));
                        assertThat(decay.at()).isEqualTo(World.day(9));
                        assertThat(decay.value()).isCloseTo(1.4, within(1e-9));
                        assertThat(decay.limit()).isEqualTo(limit);
                        assertThat(decay.test()).contains("one false alarm in 140 days");
                    });
        }
    }

    @Test
    void windows_without_predictions_are_passed_over_and_keep_their_places() {
        try (World world = new World(databases, folder)) {
            world.deploy(1, Optional.empty());
            world.live(1, 0, 7, 1);
            world.live(1, 30, 36, 1);
            world.label(30, 36);

            assertThat(world.monitoring.windows(World.MODEL, 10))
                    .extracting(LiveWindow::from)
                    .containsExactly(World.day(28), World.day(0));
        }
    }

    @Test
    void without_enough_labels_nothing_is_judged() {
        try (World world = new World(databases, folder)) {
            world.deploy(1, Optional.empty());
            world.live(1, 0, 30, 9);
            world.label(0, 3);
            world.label(29, 30);

            assertThat(states(world))
                    .containsExactly(State.NO_LABELS, State.NO_LABELS, State.NO_LABELS, State.FEW_LABELS);
            assertThat(world.facts(Fact.WindowClosed.class)).hasSize(1);
            assertThat(world.facts(Fact.PerformanceDecayed.class)).isEmpty();
        }
    }

    @Test
    void the_last_window_of_a_champion_that_was_replaced_is_never_judged() {
        try (World world = new World(databases, folder)) {
            world.deploy(1, Optional.empty());
            world.live(1, 0, 10, 9);
            world.deploy(2, Optional.of(1));
            world.live(2, 10, 27, 1);
            world.label(0, 27);

            assertThat(world.monitoring.windows(World.MODEL, 10))
                    .extracting(it -> it.version().number(), LiveWindow::from, LiveWindow::state)
                    .containsExactlyInAnyOrder(
                            tuple(2, World.day(17), State.WITHIN_LIMIT),
                            tuple(2, World.day(10), State.WITHIN_LIMIT),
                            tuple(1, World.day(7), State.PARTIAL),
                            tuple(1, World.day(0), State.ABOVE_LIMIT));
            assertThat(world.facts(Fact.PerformanceDecayed.class))
                    .as("a version that answers nobody any more cannot decay")
                    .isEmpty();
        }
    }

    @Test
    void windows_that_are_due_wait_for_the_limit() {
        CountDownLatch known = new CountDownLatch(1);
        try (World world = new World(databases, folder, _ -> {
            known.await();
            return World.holdout();
        })) {
            world.live(1, 0, 8, 1.4);
            Thread telling = Thread.ofVirtual().start(() -> world.deploy(1, Optional.empty()));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> world.store.database().read(world.monitoring::openWork) == 1);
            world.label(0, 8);
            assertThat(world.monitoring.windows(World.MODEL, 10)).isEmpty();

            known.countDown();
            join(telling);
            assertThat(states(world)).containsExactly(State.ABOVE_LIMIT);
            assertThat(world.facts(Fact.PerformanceDecayed.class)).hasSize(1);
        }
    }

    @Test
    void a_champion_that_cannot_be_judged_is_trouble_for_people() {
        try (World world = new World(databases, folder, _ -> List.of())) {
            world.live(1, 0, 8, 1);
            world.deploy(1, Optional.empty());
            world.label(0, 8);

            assertThat(states(world)).containsExactly(State.NO_REFERENCE);
            assertThat(world.facts(Fact.ExperimentRequested.class).getFirst().because())
                    .contains("cannot be judged", "hold out more rows");
        }
    }

    @Test
    void a_reference_that_keeps_breaking_is_given_up_and_told() {
        try (World world = new World(databases, folder, _ -> {
            throw new IllegalStateException("no memory left");
        })) {
            world.live(1, 0, 8, 1);
            world.label(0, 8);
            world.deploy(1, Optional.empty());

            assertThat(states(world)).containsExactly(State.NO_REFERENCE);
            assertThat(world.facts(Fact.ExperimentRequested.class).getFirst().because())
                    .contains("no memory left");
            assertThat(world.monitoring.summary(World.MODEL).test().orElseThrow())
                    .contains("no memory left");
        }
    }

    @Test
    void after_two_rejected_challengers_a_decay_asks_people_once() {
        try (World world = new World(databases, folder)) {
            world.deploy(1, Optional.empty());
            world.live(1, 0, 40, 9);
            world.label(0, 8);
            assertThat(world.facts(Fact.ExperimentRequested.class)).isEmpty();

            reject(world, 2, 3);
            world.label(8, 40);
            assertThat(world.facts(Fact.PerformanceDecayed.class)).hasSizeGreaterThan(2);
            assertThat(world.facts(Fact.ExperimentRequested.class))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.because()).contains("2 challengers were rejected"));
        }
    }

    @Test
    void a_champion_trained_because_of_decay_that_decays_at_once_asks_people() {
        try (World world = new World(databases, folder)) {
            world.requestRun("run-1", Trigger.DECAY);
            world.register(1, "run-1");
            world.deploy(1, Optional.empty());
            world.live(1, 0, 8, 9);
            world.label(0, 8);

            assertThat(world.facts(Fact.ExperimentRequested.class))
                    .singleElement()
                    .satisfies(fact -> assertThat(fact.because()).contains("decayed itself in window 1"));
        }
    }

    @Test
    void a_restart_neither_loses_nor_repeats_a_window() {
        AtomicInteger asked = new AtomicInteger();
        ReferencePerformance performance = _ -> {
            asked.incrementAndGet();
            return World.holdout();
        };
        try (World world = new World(databases, folder, performance)) {
            world.deploy(1, Optional.empty());
            world.live(1, 0, 10, 1);
            world.label(0, 10);
        }
        try (World world = new World(databases, folder, performance)) {
            world.settle();
            world.label(0, 10);
            world.live(1, 10, 20, 1);
            world.label(10, 20);

            assertThat(world.facts(Fact.WindowClosed.class))
                    .extracting(Fact.WindowClosed::from)
                    .containsExactly(World.day(0), World.day(7));
            assertThat(asked).as("reference performance is computed once").hasValue(1);
        }
    }

    @Test
    void a_rollback_goes_on_with_the_windows_of_the_former_champion() {
        try (World world = new World(databases, folder)) {
            world.deploy(1, Optional.empty());
            world.live(1, 0, 10, 1);
            world.label(0, 10);
            world.deploy(2, Optional.of(1));
            world.live(2, 10, 20, 1);
            world.label(10, 20);
            world.deploy(1, Optional.of(2));
            world.live(1, 20, 40, 1);
            world.label(20, 40);

            assertThat(world.monitoring.windows(World.MODEL, 20))
                    .filteredOn(it -> it.version().number() == 1)
                    .extracting(LiveWindow::from, LiveWindow::state)
                    .containsExactly(
                            tuple(World.day(28), State.WITHIN_LIMIT),
                            tuple(World.day(21), State.WITHIN_LIMIT),
                            tuple(World.day(14), State.WITHIN_LIMIT),
                            tuple(World.day(7), State.PARTIAL),
                            tuple(World.day(0), State.WITHIN_LIMIT));
        }
    }

    private static void reject(World world, int... versions) {
        for (int version : versions) {
            world.register(version, "run-" + version);
            world.reject(version);
        }
    }

    private static List<State> states(World world) {
        return world.monitoring.windows(World.MODEL, 20).stream()
                .map(LiveWindow::state)
                .toList();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
