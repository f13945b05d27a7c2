package dev.pawl.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.definition.TriggerRule.OnNewData;
import dev.pawl.definition.TriggerRule.OnSchedule;
import dev.pawl.kernel.Fact;
import dev.pawl.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabases.class)
class PollTest {
    private static final OnSchedule NIGHTLY = new OnSchedule("0 3 * * *", Duration.ZERO);
    private static final OnNewData MONTHLY = new OnNewData("births", 28, Duration.ZERO);

    private final TestDatabases databases;

    @TempDir
    private Path folder;

    PollTest(TestDatabases databases) {
        this.databases = databases;
    }

    @Test
    void a_schedule_fires_when_it_is_due_and_once() throws Exception {
        try (World world = new World(databases, folder)) {
            world.deploy(NIGHTLY);
            world.trigger.check();
            assertThat(world.requested()).isEmpty();

            world.clock.set(Instant.parse("2026-01-05T03:00:00Z"));
            world.trigger.check();
            world.trigger.check();
            assertThat(world.requested()).singleElement().satisfies(fact -> {
                assertThat(fact.reason())
                        .isEqualTo(new Fact.Reason(Fact.Trigger.SCHEDULE, "the schedule '0 3 * * *' was due"));
                assertThat(fact.asOf()).isEqualTo(Instant.parse("2026-01-05T03:00:00Z"));
            });
        }
    }

    @Test
    void firings_missed_while_nothing_ran_are_one_and_none_is_repeated() throws Exception {
        try (World world = new World(databases, folder)) {
            world.deploy(NIGHTLY);
        }
        for (int restart = 0; restart < 2; restart++) {
            try (World world = new World(databases, folder)) {
                world.clock.set(Instant.parse("2026-01-09T12:00:00Z"));
                world.trigger.check();
                assertThat(world.requested()).hasSize(1);
            }
        }
    }

    @Test
    void a_new_schedule_does_not_fire_for_the_past_and_an_old_one_goes_on() throws Exception {
        try (World world = new World(databases, folder)) {
            world.clock.set(Instant.parse("2026-01-05T12:00:00Z"));
            world.deploy(NIGHTLY);
            world.clock.set(Instant.parse("2026-01-06T02:59:59Z"));
            world.deploy(NIGHTLY, MONTHLY);
            world.trigger.check();
            assertThat(world.requested()).isEmpty();

            world.clock.set(Instant.parse("2026-01-06T03:00:00Z"));
            world.trigger.check();
            assertThat(world.requested()).hasSize(1);
        }
    }

    @Test
    void enough_new_rows_since_the_last_run_start_one() throws Exception {
        try (World world = new World(databases, folder)) {
            world.deploy(MONTHLY);
            world.window(50);
            world.trigger.check();
            assertThat(world.requested())
                    .as("before the first run nothing is new")
                    .isEmpty();

            world.run(Optional.of(World.day(100)));
            world.window(127);
            world.trigger.check();
            assertThat(world.requested()).hasSize(1);

            world.window(128);
            await().atMost(Duration.ofSeconds(30)).until(() -> world.requested().size() == 2);
            assertThat(world.requested().getLast().reason())
                    .isEqualTo(new Fact.Reason(
                            Fact.Trigger.NEW_DATA, "28 new rows of 'births' since the last run; 28 are enough"));
            assertThat(world.requested().getLast().asOf()).isEqualTo(World.day(128));
        }
    }

    @Test
    void rows_that_come_during_a_run_are_compared_with_it_when_it_has_ended() throws Exception {
        try (World world = new World(databases, folder)) {
            world.deploy(MONTHLY);
            Answer open = world.request(Optional.of(World.day(100)));
            world.window(200);
            world.trigger.check();
            assertThat(world.requested()).hasSize(1);
            assertThat(world.facts(Fact.RunMerged.class)).isEmpty();

            world.finish(open.run());
            await().atMost(Duration.ofSeconds(30)).until(() -> world.requested().size() == 2);
        }
    }

    @Test
    void after_a_run_as_of_a_chosen_moment_the_wall_clock_is_no_present() throws Exception {
        try (World world = new World(databases, folder)) {
            world.deploy(MONTHLY);
            world.run(Optional.of(World.day(0)));
            world.trigger.check();

            assertThat(world.requested()).hasSize(1);
        }
    }

    @Test
    void rows_without_a_time_are_counted_as_the_last_run_saw_them() throws Exception {
        AtomicLong rows = new AtomicLong(1_000);
        try (World world = new World(databases, folder, (_, _, _, _) -> rows.get())) {
            world.deploy(MONTHLY);
            world.run(Optional.empty());
            world.trigger.check();
        }
        rows.set(1_028);
        try (World world = new World(databases, folder, (_, _, _, _) -> rows.get())) {
            world.trigger.check();
            assertThat(world.requested()).hasSize(2);
        }
    }

    @Test
    void nothing_is_settled_until_rows_were_counted_after_the_last_fact() throws Exception {
        CountDownLatch counting = new CountDownLatch(1);
        CountDownLatch counted = new CountDownLatch(1);
        try (World world = new World(databases, folder, (_, _, _, _) -> {
            counting.countDown();
            counted.await();
            return 5;
        })) {
            await().atMost(Duration.ofSeconds(30)).until(world.trigger::settled);
            world.deploy(MONTHLY);
            world.run(Optional.empty());
            counting.await();
            assertThat(world.trigger.settled()).isFalse();

            counted.countDown();
            await().atMost(Duration.ofSeconds(30)).until(world.trigger::settled);
        }
    }

    @Test
    void data_that_cannot_be_counted_is_trouble_that_passes() throws Exception {
        AtomicLong fail = new AtomicLong(1);
        try (World world = new World(databases, folder, (_, _, _, _) -> {
            if (fail.get() == 1) {
                throw new IOException("births.csv is gone");
            }
            return 5;
        })) {
            world.deploy(MONTHLY);
            world.run(Optional.empty());
            world.trigger.check();
            assertThat(world.trigger.trouble())
                    .hasValueSatisfying(text -> assertThat(text).contains("births in prod", "births.csv is gone"));

            fail.set(0);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                world.trigger.check();
                assertThat(world.trigger.trouble()).isEmpty();
            });
        }
    }
}
