package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.Sweep;
import dev.pawl.definition.Sweep.Goal;
import dev.pawl.experiment.SweepPlan.Next;
import dev.pawl.experiment.Trial.State;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.kernel.SweepId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SweepPlanTest {
    private static final SweepPlan PLAIN = plan(Goal.MIN, Optional.empty());
    private static final SweepPlan HALVING = plan(Goal.MAX, Optional.of(new Sweep.Halving(10, 2)));

    @Test
    void begins_as_many_as_may_run_at_the_same_time() {
        assertThat(begun(PLAIN)).containsExactly("0/0", "0/1");
        assertThat(PLAIN.next(List.of(running(0, 0), running(0, 1)))).isEqualTo(new Next.Wait());
        assertThat(begun(PLAIN, ended(0, 0, 5), running(0, 1))).containsExactly("0/2");
    }

    @Test
    void ends_when_the_last_trial_has() {
        assertThat(PLAIN.next(List.of(ended(0, 0, 1), failed(0, 1), ended(0, 2, 1), running(0, 3))))
                .isEqualTo(new Next.Wait());
        assertThat(PLAIN.next(List.of(ended(0, 0, 1), failed(0, 1), ended(0, 2, 1), ended(0, 3, 2))))
                .isEqualTo(new Next.Over());
    }

    @Test
    void a_cancelled_run_is_made_up_for_before_anything_new() {
        Trial waiting = trial(0, 1, State.WAITING, Optional.empty());
        assertThat(begun(PLAIN, ended(0, 0, 1), waiting)).containsExactly("0/1", "0/2");
        assertThat(planned(PLAIN, ended(0, 0, 1), waiting).getFirst().before()).contains(waiting);
        assertThat(begun(PLAIN, trial(0, 0, State.STOPPING, Optional.empty()), waiting))
                .as("one is still under way")
                .containsExactly("0/1");
    }

    @Test
    void a_round_begins_when_the_one_before_it_is_over_with_the_best_of_it() {
        assertThat(HALVING.next(List.of(ended(0, 0, 1), ended(0, 1, 4), ended(0, 2, 3), running(0, 3))))
                .isEqualTo(new Next.Wait());
        assertThat(begun(HALVING, ended(0, 0, 1), ended(0, 1, 4), ended(0, 2, 3), ended(0, 3, 2)))
                .as("the greatest two")
                .containsExactly("1/1", "1/2");
        assertThat(planned(HALVING).getFirst().sample()).contains(10);
        assertThat(planned(HALVING, ended(0, 0, 1), ended(0, 1, 4), ended(0, 2, 3), ended(0, 3, 2))
                        .getFirst()
                        .sample())
                .contains(20);
    }

    @Test
    void the_last_round_has_all_rows_and_its_winner_is_the_best() {
        Trial[] trials = {ended(0, 0, 1), ended(0, 1, 4), ended(0, 2, 3), ended(0, 3, 2), ended(1, 1, 2), ended(1, 2, 3)
        };
        assertThat(begun(HALVING, trials)).containsExactly("2/2");
        assertThat(planned(HALVING, trials).getFirst().sample()).isEmpty();
        List<Trial> all =
                Stream.concat(Stream.of(trials), Stream.of(ended(2, 2, 0.5))).toList();
        assertThat(HALVING.next(all)).isEqualTo(new Next.Over());
        assertThat(HALVING.best(all)).contains(ended(2, 2, 0.5));
    }

    @Test
    void trials_without_a_result_do_not_go_on() {
        assertThat(begun(HALVING, failed(0, 0), failed(0, 1), failed(0, 2), ended(0, 3, 2)))
                .containsExactly("1/3");
        assertThat(HALVING.next(List.of(failed(0, 0), failed(0, 1), failed(0, 2), failed(0, 3))))
                .isEqualTo(new Next.Over());
        assertThat(HALVING.best(List.of(failed(0, 0)))).isEmpty();
    }

    @Test
    void the_best_is_the_first_of_the_least_or_of_the_greatest() {
        List<Trial> trials = List.of(ended(0, 0, 3), ended(0, 1, 1), ended(0, 2, 1), ended(0, 3, 3));
        assertThat(PLAIN.best(trials)).contains(ended(0, 1, 1));
        assertThat(HALVING.best(trials)).contains(ended(0, 0, 3));
    }

    private static SweepPlan plan(Goal goal, Optional<Sweep.Halving> stop) {
        return SweepPlan.of(
                new Sweep(
                        Sweep.Search.RANDOM,
                        4,
                        2,
                        new StepName("score"),
                        "loss",
                        goal,
                        0,
                        new TreeMap<>(Map.of("score.x", Spaces.numbers(0, 1))),
                        stop),
                4);
    }

    private static List<SweepPlan.Planned> planned(SweepPlan plan, Trial... trials) {
        return ((Next.Begin) plan.next(List.of(trials))).trials();
    }

    /** Round and number of each. */
    private static List<String> begun(SweepPlan plan, Trial... trials) {
        return planned(plan, trials).stream()
                .map(planned -> planned.round() + "/" + planned.number())
                .toList();
    }

    private static Trial running(int round, int number) {
        return trial(round, number, State.RUNNING, Optional.empty());
    }

    private static Trial failed(int round, int number) {
        return trial(round, number, State.ENDED, Optional.empty());
    }

    private static Trial ended(int round, int number, double value) {
        return trial(round, number, State.ENDED, Optional.of(value));
    }

    private static Trial trial(int round, int number, State state, Optional<Double> value) {
        return new Trial(
                new SweepId("sweep-1"),
                number,
                round,
                new TreeMap<>(Map.of("score.x", number / 4.0)),
                new RunId("run-" + round + number),
                state,
                value,
                "",
                Instant.EPOCH,
                Optional.empty());
    }
}
