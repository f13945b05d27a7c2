package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.Sweep;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HalvingTest {
    @Test
    void each_round_has_a_third_of_the_trials_on_three_times_the_rows_and_the_last_one_all_rows() {
        assertThat(rounds(500, 3, 50)).containsExactly("50 on 500", "16 on 1500", "5 on 4500", "1 on all");
        assertThat(rounds(500, 3, 27)).containsExactly("27 on 500", "9 on 1500", "3 on 4500", "1 on all");
        assertThat(rounds(500, 3, 6)).containsExactly("6 on 500", "2 on all");
        assertThat(rounds(10, 2, 4)).containsExactly("4 on 10", "2 on 20", "1 on all");
    }

    @Test
    void few_trials_are_still_compared_on_few_rows_first() {
        assertThat(rounds(500, 3, 2)).containsExactly("2 on 500", "1 on all");
        assertThat(rounds(500, 3, 1)).containsExactly("1 on all");
    }

    @Test
    void without_early_stopping_there_is_one_round() {
        Sweep sweep = Spaces.sweep(Sweep.Search.RANDOM, 0, Map.of("score.x", Spaces.numbers(0, 1)));
        assertThat(Halving.of(sweep, 50).rounds()).hasSize(1);
        assertThat(Halving.of(sweep, 50).isLast(0)).isTrue();
    }

    @Test
    void so_many_rows_that_nobody_can_count_them_are_no_trouble() {
        assertThat(rounds(1_500_000_000, 10, 1_000))
                .containsExactly("1000 on 1500000000", "100 on 2147483647", "10 on 2147483647", "1 on all");
    }

    @Test
    void the_best_go_on_and_of_equal_ones_the_earlier() {
        Halving halving = Halving.of(Spaces.halving(500, 3), 9);
        assertThat(halving.promoted(0, Map.of(0, 5.0, 1, 2.0, 2, 9.0, 3, 2.0, 4, 1.0)))
                .containsExactly(4, 1, 3);
        assertThat(halving.promoted(0, Map.of(7, 5.0)))
                .as("the others had no result")
                .containsExactly(7);
        assertThat(halving.promoted(1, Map.of())).isEmpty();
    }

    private static Stream<String> rounds(int from, int factor, int trials) {
        List<Halving.Round> rounds =
                Halving.of(Spaces.halving(from, factor), trials).rounds();
        return rounds.stream()
                .map(round -> round.trials() + " on "
                        + round.sample().map(String::valueOf).orElse("all"));
    }
}
