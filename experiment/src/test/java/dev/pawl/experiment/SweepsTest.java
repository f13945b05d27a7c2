package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pawl.experiment.PlayedRuns.Played;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.SweepId;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SweepsTest {
    @TempDir
    Path folder;

    private final List<Tuning> opened = new ArrayList<>();

    private Tuning on(TestDatabases database) {
        Tuning tuning = new Tuning(database.connect(database.fresh(folder)), folder);
        opened.add(tuning);
        return tuning;
    }

    @AfterEach
    void close() {
        opened.forEach(Tuning::close);
    }

    @ParameterizedTest
    @EnumSource
    void each_trial_is_a_run_of_the_sweep_with_values_of_its_own(TestDatabases database) {
        Tuning tuning = on(database);
        SweepId id = tuning.begin("line");
        assertThat(tuning.played()).as("at the same time").hasSize(2);

        tuning.endAll();

        assertThat(tuning.sweeps.past().get(id).state()).isEqualTo(StartedSweep.State.ENDED);
        assertThat(tuning.sweeps.past().get(id).endedAt()).isPresent();
        List<Trial> trials = tuning.sweeps.past().trials(id);
        assertThat(trials).extracting(Trial::number).containsExactly(0, 1, 2, 3, 4);
        assertThat(tuning.played()).hasSize(5).extracting(Played::parent).containsOnly(id.value());
        assertThat(trials)
                .allSatisfy(trial -> assertThat(
                                tuning.runs.parameters(run(tuning, trial)).get("x"))
                        .isEqualTo(trial.parameters().get("score.x")));
        assertThat(trials).extracting(Trial::value).doesNotContain(Optional.empty());
        Trial best = tuning.sweeps.past().best(id).orElseThrow();
        assertThat(trials)
                .allSatisfy(trial -> assertThat(trial.value().orElseThrow())
                        .isGreaterThanOrEqualTo(best.value().orElseThrow()));
    }

    @ParameterizedTest
    @EnumSource
    void the_best_on_few_rows_run_again_on_more(TestDatabases database) {
        Tuning tuning = on(database);
        SweepId id = tuning.begin("rounds");
        tuning.endAll();
        assertThat(tuning.sweeps.past().trials(id)).extracting(Trial::round).containsExactly(0, 0, 0, 0, 1, 1, 2);
        assertThat(tuning.played())
                .extracting(Played::sample)
                .containsExactlyInAnyOrder(
                        Optional.of(10),
                        Optional.of(10),
                        Optional.of(10),
                        Optional.of(10),
                        Optional.of(20),
                        Optional.of(20),
                        Optional.empty());
        assertThat(tuning.sweeps.past().best(id)).map(Trial::round).contains(2);
        assertThat(tuning.sweeps.past().rounds(tuning.sweeps.past().get(id))).containsExactly(4, 2, 1);
    }

    @ParameterizedTest
    @EnumSource
    void stopping_cancels_and_resuming_gives_the_cancelled_another_run(TestDatabases database) {
        Tuning tuning = on(database);
        SweepId id = tuning.begin("line");
        List<Played> first = tuning.played();

        tuning.sweeps.stop(id, "somebody wanted it");
        assertThat(tuning.runs.cancelled)
                .containsExactlyInAnyOrderElementsOf(
                        first.stream().map(Played::id).toList());
        tuning.end(first.getFirst(), Outcome.SUCCEEDED);
        tuning.end(first.getLast(), Outcome.CANCELLED);
        assertThat(tuning.played()).as("nothing new begins").hasSize(2);
        assertThat(tuning.interrupted("line")).map(StartedSweep::id).contains(id);

        tuning.sweeps.resume(id);
        assertThat(tuning.played())
                .hasSize(4)
                .extracting(Played::resumes)
                .contains(Optional.of(first.getLast().id()));
        tuning.endAll();
        assertThat(tuning.sweeps.past().trials(id))
                .hasSize(5)
                .extracting(Trial::value)
                .doesNotContain(Optional.empty());
        assertThat(tuning.interrupted("line")).isEmpty();
    }

    @Test
    void a_sweep_resumed_before_its_runs_were_cancelled_waits_for_them() {
        Tuning tuning = on(TestDatabases.SQLITE);
        SweepId id = tuning.begin("line");
        tuning.sweeps.stop(id, "somebody wanted it");
        tuning.sweeps.resume(id);
        assertThat(tuning.played()).hasSize(2);
        tuning.endNext(Outcome.CANCELLED);
        assertThat(tuning.played()).hasSize(3);
        tuning.endAll();
        assertThat(tuning.sweeps.past().trials(id))
                .hasSize(5)
                .extracting(Trial::value)
                .doesNotContain(Optional.empty());
    }

    @Test
    void a_failed_trial_has_no_result_and_the_search_goes_on() {
        Tuning tuning = on(TestDatabases.SQLITE);
        SweepId id = tuning.begin("line");
        tuning.endNext(Outcome.FAILED);
        tuning.endNext(Outcome.CANCELLED);
        tuning.endAll();
        List<Trial> trials = tuning.sweeps.past().trials(id);
        assertThat(trials)
                .hasSize(5)
                .filteredOn(trial -> trial.value().isEmpty())
                .hasSize(2);
        assertThat(trials).extracting(Trial::because).contains("step score failed", "cancelled: step score failed");
        assertThat(tuning.sweeps.past().best(id)).isPresent();
    }

    @Test
    void a_model_is_made_of_what_the_trials_gave() {
        Tuning tuning = on(TestDatabases.SQLITE);
        SweepId id = tuning.begin("model");
        tuning.endAll();
        assertThat(tuning.sweeps.past().trials(id)).hasSize(25);
        double last = tuning.sweeps.past().trials(id).stream()
                .skip(15)
                .mapToDouble(trial -> trial.value().orElseThrow())
                .average()
                .orElseThrow();
        assertThat(last).as("a random search has 0.29 in the mean").isLessThan(0.2);
    }

    @Test
    void a_grid_has_no_more_trials_than_combinations() {
        Tuning tuning = on(TestDatabases.SQLITE);
        SweepId id = tuning.begin("kinds", 100);
        tuning.endAll();
        assertThat(tuning.sweeps.past().trials(id))
                .extracting(trial -> trial.parameters().get("score.kind"))
                .containsExactly("plain", "fancy");
    }

    @Test
    void others_of_a_dead_process_are_stopped() {
        Tuning tuning = on(TestDatabases.SQLITE);
        SweepId dead = tuning.begin("line");
        SweepId mine = tuning.begin("kinds");
        tuning.sweeps.stopOthers(mine);
        assertThat(tuning.sweeps.past().get(dead).state()).isEqualTo(StartedSweep.State.STOPPED);
        assertThat(tuning.sweeps.past().get(mine).state()).isEqualTo(StartedSweep.State.RUNNING);
        assertThat(tuning.sweeps.past().newest(Optional.empty(), 10))
                .extracting(StartedSweep::id)
                .containsExactlyInAnyOrder(mine, dead);
    }

    @Test
    void an_ended_sweep_stays_as_it_is() {
        Tuning tuning = on(TestDatabases.SQLITE);
        SweepId id = tuning.begin("kinds");
        tuning.endAll();
        tuning.sweeps.resume(id);
        tuning.sweeps.stop(id, "too late");
        assertThat(tuning.sweeps.past().get(id).state()).isEqualTo(StartedSweep.State.ENDED);
        assertThat(tuning.runs.cancelled).isEmpty();
    }

    @Test
    void what_is_not_there_is_said_to_be_so() {
        Tuning tuning = on(TestDatabases.SQLITE);
        assertThatExceptionOfType(PawlException.class)
                .isThrownBy(() -> tuning.begin("lines"))
                .withMessageContainingAll("lines", "kinds", "line");
        assertThatExceptionOfType(PawlException.class)
                .isThrownBy(() -> tuning.sweeps.past().get(new SweepId("sweep-x")))
                .withMessageContainingAll("sweep-x", "pawl sweeps");
    }

    private static Played run(Tuning tuning, Trial trial) {
        RunId id = trial.run();
        return tuning.played().stream()
                .filter(run -> run.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
