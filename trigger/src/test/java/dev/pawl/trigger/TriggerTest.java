package dev.pawl.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pawl.definition.TriggerRule.OnDecay;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestDatabases.class)
class TriggerTest {
    private static final OnDecay ON_DECAY = new OnDecay(Duration.ofDays(60));

    private final TestDatabases databases;

    @TempDir
    private Path folder;

    TriggerTest(TestDatabases databases) {
        this.databases = databases;
    }

    @Test
    void a_request_becomes_a_run_of_what_is_deployed() {
        try (World world = new World(databases, folder)) {
            world.deploy();
            Answer answer = world.request(Optional.of(World.day(0)));

            assertThat(answer.merged()).isFalse();
            assertThat(world.requested()).singleElement().satisfies(fact -> {
                assertThat(fact.runId()).isEqualTo(answer.run());
                assertThat(fact.packageDigest()).isEqualTo(World.PACKAGE);
                assertThat(fact.reason()).isEqualTo(new Fact.Reason(Fact.Trigger.ON_DEMAND, "a test asks"));
                assertThat(fact.asOf()).isEqualTo(World.day(0));
            });
        }
    }

    @Test
    void while_a_run_is_under_way_further_requests_are_merged_into_it() {
        try (World world = new World(databases, folder)) {
            world.deploy(ON_DECAY);
            Answer first = world.request(Optional.of(World.day(0)));
            Answer second = world.request(Optional.of(World.day(5)));
            world.decay(9);

            assertThat(second).isEqualTo(new Answer(first.run(), true, World.day(0)));
            assertThat(world.requested()).hasSize(1);
            assertThat(world.facts(Fact.RunMerged.class))
                    .extracting(Fact.RunMerged::into, fact -> fact.reason().trigger())
                    .containsExactly(
                            tuple(first.run(), Fact.Trigger.ON_DEMAND), tuple(first.run(), Fact.Trigger.DECAY));

            world.finish(first.run());
            assertThat(world.request(Optional.empty()).merged()).isFalse();
        }
    }

    @Test
    void decay_starts_a_run_as_of_its_moment_and_then_cools_down_in_event_time() {
        try (World world = new World(databases, folder)) {
            world.deploy(ON_DECAY);
            world.decay(100);
            world.finish(world.requested().getFirst().runId());
            world.decay(128);
            world.decay(156);
            assertThat(world.requested()).hasSize(1);
            assertThat(world.requested().getFirst().asOf()).isEqualTo(World.day(100));
            assertThat(world.requested().getFirst().reason().text()).contains("births/1 is 0.07000", "a t test");
            assertThat(world.facts(Fact.RunMerged.class)).hasSize(2);

            world.decay(160);
            assertThat(world.requested()).hasSize(2);
        }
    }

    @Test
    void a_run_that_failed_starts_no_cool_down() {
        try (World world = new World(databases, folder)) {
            world.deploy(ON_DECAY);
            world.decay(100);
            world.finish(world.requested().getLast().runId(), Fact.Outcome.FAILED);
            world.decay(128);
            assertThat(world.requested()).hasSize(2);
            assertThat(world.facts(Fact.RunMerged.class)).isEmpty();

            world.finish(world.requested().getLast().runId());
            world.finish(world.requested().getFirst().runId(), Fact.Outcome.FAILED);
            world.decay(156);
            assertThat(world.requested())
                    .as("the failure of another run ends no cool-down")
                    .hasSize(2);
        }
    }

    @Test
    void a_run_on_demand_does_not_start_the_cool_down() {
        try (World world = new World(databases, folder)) {
            world.deploy(ON_DECAY);
            world.run(Optional.of(World.day(99)));
            world.decay(100);

            assertThat(world.requested()).hasSize(2);
        }
    }

    @Test
    void decay_starts_nothing_where_no_rule_says_so() {
        try (World world = new World(databases, folder)) {
            world.decay(50);
            world.deploy();
            world.decay(100);

            assertThat(world.requested()).isEmpty();
        }
    }

    @Test
    void without_a_moment_a_request_is_as_of_the_present_of_its_environment() {
        try (World world = new World(databases, folder)) {
            world.deploy();
            Answer first = world.request(Optional.empty());
            assertThat(first.asOf()).isEqualTo(world.clock.now());
            world.finish(first.run());
            world.window(100);
            world.window(90);

            assertThat(world.request(Optional.empty()).asOf()).isEqualTo(World.day(100));
        }
    }

    @Test
    void what_is_not_deployed_cannot_run() {
        try (World world = new World(databases, folder)) {
            world.deploy();

            assertThatThrownBy(() -> world.trigger.request(
                            World.PROJECT, new EnvironmentName("staging"), Optional.empty(), "why not"))
                    .isInstanceOfSatisfying(
                            PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.NOT_FOUND))
                    .hasMessageContaining("Deployed are: births in prod");
            assertThatThrownBy(() ->
                            world.trigger.request(World.PROJECT, World.PROD, Optional.empty(), "why ".repeat(200)))
                    .hasMessageContaining("at most 500 characters");
        }
    }

    @Test
    void open_runs_and_cool_downs_outlive_a_restart() {
        try (World world = new World(databases, folder)) {
            world.deploy(ON_DECAY);
            world.decay(100);
        }
        try (World world = new World(databases, folder)) {
            assertThat(world.request(Optional.empty()).merged()).isTrue();
            world.finish(world.requested().getFirst().runId());
            world.decay(120);

            assertThat(world.requested()).hasSize(1);
            assertThat(world.trigger.triggers(World.PROJECT)).singleElement().satisfies(it -> {
                assertThat(it.eventTime()).contains(World.day(120));
                assertThat(it.openRun()).isEmpty();
                assertThat(it.lastAsOf()).contains(World.day(100));
                assertThat(it.lastReason().orElseThrow().trigger()).isEqualTo(Fact.Trigger.DECAY);
                assertThat(it.rules()).containsExactly(ON_DECAY);
            });
        }
    }
}
