package dev.pawl.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.RunId;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelDeliveryTest {
    private static final Definition DEFINITION = Births.definition();

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void the_first_version_that_is_good_enough_becomes_champion(TestDatabases database) {
        try (Ring ring = Ring.fresh(database, folder, Machines.ROOMY).start()) {
            Digest artifact = ring.functions.artifact("one", Functions.off(0.02));
            ring.registered(1, DEFINITION, artifact);
            GateReport report = ring.decided(1);
            assertThat(report.verdicts())
                    .extracting(Verdict::gate, Verdict::answer)
                    .containsExactly(
                            tuple("compatibility", Verdict.Answer.PASSED),
                            tuple("api", Verdict.Answer.PASSED),
                            tuple("quality", Verdict.Answer.PASSED),
                            tuple("load", Verdict.Answer.NOT_DECLARED));
            assertThat(ring.facts(Fact.ModelDeployed.class))
                    .containsExactly(new Fact.ModelDeployed(
                            Births.PROJECT,
                            Births.PROD,
                            Births.version(1),
                            Optional.empty(),
                            artifact,
                            DEFINITION.digest(),
                            Ring.AS_OF,
                            "gates passed"));
            Champion champion = ring.delivery.champion(Births.MODEL).orElseThrow();
            assertThat(champion.version()).isEqualTo(Births.version(1));
            assertThat(champion.until()).isEmpty();
            assertThat(ring.functions.closed).hasValue(ring.functions.started.get());
        }
    }

    @ParameterizedTest
    @EnumSource
    void only_better_versions_replace_the_champion(TestDatabases database) {
        try (Ring ring = Ring.fresh(database, folder, Machines.ROOMY).start()) {
            register(ring, 1, 0.03);
            register(ring, 2, 0.03);
            register(ring, 3, 0.01);
            register(ring, 4, 0.02);
            assertThat(ring.decided(4).challenger().comparedWith()).contains(Births.version(3));
            assertThat(ring.facts(Fact.ModelDeployed.class))
                    .extracting(Fact.ModelDeployed::version, Fact.ModelDeployed::previous)
                    .containsExactly(
                            tuple(Births.version(1), Optional.empty()),
                            tuple(Births.version(3), Optional.of(Births.version(1))));
            assertThat(ring.facts(Fact.ModelRejected.class))
                    .extracting(Fact.ModelRejected::version, Fact.ModelRejected::gate)
                    .containsExactly(tuple(Births.version(2), "quality"), tuple(Births.version(4), "quality"));
            List<Champion> champions = ring.delivery.champions(Births.MODEL);
            assertThat(champions)
                    .extracting(champion -> champion.version().number())
                    .containsExactly(3, 1);
            assertThat(champions.getLast().until())
                    .contains(champions.getFirst().since());
        }
    }

    @Test
    void versions_are_judged_in_order_however_many_wait() {
        try (Ring ring = fresh()) {
            for (int number = 1; number <= 12; number++) {
                register(ring, number, 0.05 - number * 0.002);
            }
            ring.start();
            ring.decided(12);
            assertThat(ring.facts(Fact.ModelDeployed.class))
                    .extracting(deployed -> deployed.version().number())
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        }
    }

    @Test
    void a_version_that_does_not_start_is_rejected_and_the_champion_stays() {
        try (Ring ring = fresh().start()) {
            register(ring, 1, 0.03);
            ring.registered(2, DEFINITION, Digest.of("broken"));
            GateReport report = ring.decided(2);
            assertThat(report.verdicts())
                    .extracting(Verdict::answer)
                    .containsExactly(
                            Verdict.Answer.FAILED,
                            Verdict.Answer.NOT_RUN,
                            Verdict.Answer.NOT_RUN,
                            Verdict.Answer.NOT_RUN);
            assertThat(ring.facts(Fact.ModelRejected.class))
                    .containsExactly(new Fact.ModelRejected(
                            Births.PROJECT,
                            Births.PROD,
                            Births.version(2),
                            "compatibility",
                            "could not run: this is not a model"));
            assertThat(ring.delivery.champion(Births.MODEL).orElseThrow().version())
                    .isEqualTo(Births.version(1));
        }
    }

    @Test
    void a_held_out_table_that_cannot_be_read_keeps_the_gates_closed() {
        try (Ring ring = fresh().start()) {
            Digest artifact = ring.functions.artifact("one", Functions.off(0.02));
            ring.registered(1, DEFINITION, artifact, "date,trend,noise,births\n1971-01-01,1,2,many\n");
            assertThat(ring.decided(1).verdicts().getFirst().summary())
                    .isEqualTo("could not run: The held-out table, line 2, column 'births': 'many' is not a number");
        }
    }

    @Test
    void a_version_of_an_unknown_run_is_rejected() {
        try (Ring ring = fresh().start()) {
            ring.append(new Fact.ModelRegistered(
                    Births.PROJECT,
                    Births.PROD,
                    Births.version(1),
                    ring.functions.artifact("one", Functions.off(0.02)),
                    new RunId("run-9"),
                    ring.definitions.keep(DEFINITION),
                    Ring.AS_OF));
            assertThat(ring.decided(1).verdicts().getFirst().summary())
                    .isEqualTo("could not run: Run run-9 left no table of step 'features'; its outputs are []");
        }
    }

    @Test
    void gates_that_cannot_even_begin_are_closed_after_some_attempts() {
        try (Ring ring = fresh().start()) {
            ring.append(new Fact.ModelRegistered(
                    Births.PROJECT,
                    Births.PROD,
                    Births.version(1),
                    Digest.of("any"),
                    new RunId("run-1"),
                    Digest.of("no definition"),
                    Ring.AS_OF));
            assertThat(ring.decided(1).verdicts().getFirst().summary()).contains("There is no artifact");
            register(ring, 2, 0.02);
            assertThat(ring.decided(2).challenger().state()).isEqualTo(Challenger.State.DEPLOYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rollback_goes_back_and_again_further_back(TestDatabases database) {
        try (Ring ring = Ring.fresh(database, folder, Machines.ROOMY).start()) {
            register(ring, 1, 0.05);
            register(ring, 2, 0.03);
            register(ring, 3, 0.01);
            ring.decided(3);
            assertThat(rollback(ring)).isEqualTo(2);
            assertThat(rollback(ring)).isEqualTo(1);
            assertThatThrownBy(() -> rollback(ring))
                    .hasMessage("births/1 is the first champion of its model: there is none before it to go back to");
            register(ring, 4, 0.02);
            ring.decided(4);
            assertThat(rollback(ring)).isEqualTo(1);
            assertThat(ring.facts(Fact.ModelDeployed.class))
                    .extracting(deployed -> deployed.version().number())
                    .containsExactly(1, 2, 3, 2, 1, 4, 1);
            assertThat(ring.facts(Fact.ModelDeployed.class).get(3))
                    .isEqualTo(new Fact.ModelDeployed(
                            Births.PROJECT,
                            Births.PROD,
                            Births.version(2),
                            Optional.of(Births.version(3)),
                            Digest.of("model 2"),
                            DEFINITION.digest(),
                            Ring.AS_OF,
                            "rollback by ada: it is worse on Sundays"));
        }
    }

    @Test
    void a_rollback_needs_a_champion_and_a_reason() {
        try (Ring ring = fresh()) {
            assertThatThrownBy(() -> ring.delivery.rollback(new ModelName("moon"), "ada", "no"))
                    .hasMessage("Model 'moon' has no champion: no version of it has passed its gates yet");
            assertThatThrownBy(() -> ring.delivery.rollback(Births.MODEL, "ada", " "))
                    .hasMessage("the reason of a rollback: give 1 to 500 characters");
        }
    }

    /** The challenger is better than version 2, which was rolled back meanwhile, but must be compared with version 1. */
    @Test
    void a_champion_that_changes_meanwhile_makes_the_gates_judge_anew() {
        try (Ring ring = fresh().start()) {
            register(ring, 1, 0.01);
            ring.decided(1);
            register(ring, 2, 0.005);
            ring.decided(2);
            var once = new AtomicBoolean();
            var tried = new AtomicInteger();
            ring.functions.whenStarted(version -> {
                tried.addAndGet(version.number() == 3 ? 1 : 0);
                if (version.number() == 3 && once.compareAndSet(false, true)) {
                    rollback(ring);
                }
            });
            register(ring, 3, 0.007);
            GateReport report = ring.decided(3);
            assertThat(tried).hasValue(2);
            assertThat(report.challenger().comparedWith()).contains(Births.version(1));
            assertThat(report.challenger().state()).isEqualTo(Challenger.State.DEPLOYED);
            assertThat(report.verdicts()).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void gates_cut_off_by_a_stop_are_judged_after_the_restart_and_once(TestDatabases database) throws Exception {
        String url = database.fresh(folder);
        var reached = new CountDownLatch(1);
        try (Ring ring = reopened(database, url)) {
            ring.functions.whenStarted(version -> {
                reached.countDown();
                new CountDownLatch(1).await();
            });
            ring.start();
            register(ring, 1, 0.02);
            reached.await();
        }
        try (Ring ring = reopened(database, url)) {
            ring.functions.artifact("model 1", Functions.off(0.02));
            ring.start();
            assertThat(ring.decided(1).challenger().state()).isEqualTo(Challenger.State.DEPLOYED);
            ring.quiet();
            assertThat(ring.facts(Fact.ModelDeployed.class)).hasSize(1);
            assertThat(ring.facts(Fact.ModelRejected.class)).isEmpty();
        }
    }

    /** Two servers on one database, each with its own worker: still one verdict each, in order. */
    @Test
    void two_servers_judge_each_version_once_and_in_order() {
        String url = TestDatabases.POSTGRES.fresh(folder);
        try (Ring one = reopened(TestDatabases.POSTGRES, url);
                Ring other = reopened(TestDatabases.POSTGRES, url)) {
            for (int number = 1; number <= 4; number++) {
                other.functions.artifact("model " + number, Functions.off(0.05 - number * 0.01));
                register(one, number, 0.05 - number * 0.01);
            }
            one.start();
            other.start();
            one.decided(4);
            one.quiet();
            assertThat(one.facts(Fact.ModelDeployed.class))
                    .extracting(deployed -> deployed.version().number())
                    .containsExactly(1, 2, 3, 4);
        }
    }

    private Ring reopened(TestDatabases database, String url) {
        return new Ring(database.open(url, folder, Clock.system(), Delivery.SCHEMA), Machines.ROOMY);
    }

    private Ring fresh() {
        return Ring.fresh(TestDatabases.SQLITE, folder, Machines.ROOMY);
    }

    private static void register(Ring ring, int number, double off) {
        ring.registered(number, DEFINITION, ring.functions.artifact("model " + number, Functions.off(off)));
    }

    private static int rollback(Ring ring) {
        return ring.delivery
                .rollback(Births.MODEL, "ada", "it is worse on Sundays")
                .version()
                .number();
    }
}
