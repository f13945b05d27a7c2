package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.definition.Sweep;
import dev.pawl.experiment.Mixture.Part;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The formulas of Bergstra et al. (2011), by numbers that were worked out by hand. */
class TpeTest {
    private static final Dimension.Line ZERO_TO_TEN = line(Spaces.numbers(0, 10));

    @Test
    void fifteen_per_cent_are_good_rounded_up_and_25_at_the_most() {
        assertThat(good(1)).isEqualTo(1);
        assertThat(good(20)).isEqualTo(3);
        assertThat(good(21)).isEqualTo(4);
        assertThat(good(1_000)).isEqualTo(25);
    }

    @Test
    void the_good_ones_are_the_best_in_the_order_of_the_trials() {
        Tpe.Split split = Tpe.Split.of(results(9, 1, 8, 2, 7, 2, 6, 5, 4, 3));
        assertThat(split.good()).extracting(Result::loss).containsExactly(1.0, 2.0);
        assertThat(split.good("score.x")).as("of equal ones the earlier").containsExactly(1, 3);
        assertThat(split.others()).extracting(Result::loss).containsExactly(9.0, 8.0, 7.0, 2.0, 6.0, 5.0, 4.0, 3.0);
    }

    @Test
    void each_part_is_as_wide_as_it_is_far_to_the_farther_neighbour() {
        assertThat(Mixture.around(ZERO_TO_TEN, List.of(8.0, 2.0, 3.0)).parts())
                .as("2 is 1 from its neighbour: less than 10/(1 + 4); the prior is in the middle")
                .containsExactly(
                        new Part(0.25, 2, 2), new Part(0.25, 3, 2), new Part(0.25, 5, 10), new Part(0.25, 8, 3));
    }

    @Test
    void with_nothing_seen_there_is_the_prior_alone_and_one_alone_is_half_as_wide() {
        assertThat(Mixture.around(ZERO_TO_TEN, List.of()).parts()).containsExactly(new Part(1, 5, 10));
        assertThat(Mixture.around(ZERO_TO_TEN, List.of(7.0)).parts())
                .containsExactly(new Part(0.5, 5, 10), new Part(0.5, 7, 5));
    }

    @Test
    void no_part_is_narrower_than_a_hundredth() {
        List<Double> same = Collections.nCopies(200, 4.0);
        assertThat(Mixture.around(ZERO_TO_TEN, same).parts())
                .filteredOn(part -> part.mean() == 4 && part.deviation() != 1)
                .allSatisfy(part -> assertThat(part.deviation()).isEqualTo(0.1));
    }

    @Test
    void what_was_seen_long_ago_counts_less() {
        assertThat(Forgetting.weights(3)).containsExactly(1, 1, 1);
        assertThat(Forgetting.weights(26))
                .hasSize(26)
                .startsWith(1 / 26.0, 1, 1)
                .endsWith(1, 1);
        assertThat(Forgetting.weights(28)).startsWith(1 / 28.0, (1 / 28.0 + 1) / 2, 1, 1);
        assertThat(Mixture.around(
                                ZERO_TO_TEN,
                                IntStream.range(0, 26).mapToObj(i -> i / 10.0).toList())
                        .parts()
                        .getFirst()
                        .weight())
                .isCloseTo(1 / 26.0 / (25 + 1 / 26.0 + 1), within(1e-12));
    }

    @Test
    void things_are_as_likely_as_they_were_seen_plus_once() {
        assertThat(ChoiceDensity.of(3, List.of(1, 1, 0)).probabilities()).containsExactly(2 / 6.0, 3 / 6.0, 1 / 6.0);
        assertThat(ChoiceDensity.of(2, List.of()).probabilities()).containsExactly(0.5, 0.5);
    }

    @Test
    void densities_sum_up_to_one_on_the_line() {
        LineDensity numbers = density(ZERO_TO_TEN, 0.0, 1.0, 9.9);
        assertThat(DoubleStream.iterate(0.005, x -> x < 10, x -> x + 0.01)
                        .map(x -> Math.exp(numbers.log(x)) * 0.01)
                        .sum())
                .isCloseTo(1, within(1e-4));
        LineDensity steps = density(line(Spaces.whole(1, 10, 3)), 1.0, 1.0, 10.0);
        assertThat(DoubleStream.of(1, 4, 7, 10).map(x -> Math.exp(steps.log(x))).sum())
                .isCloseTo(1, within(1e-9));
        LineDensity log = density(line(Spaces.wholeLog(1, 20)), 0.0, 1.0);
        assertThat(IntStream.rangeClosed(1, 20)
                        .mapToDouble(x -> Math.exp(log.log(x)))
                        .sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void the_first_trials_are_those_of_a_random_search() {
        var parameters = Map.of("score.x", Spaces.numbers(0, 1));
        Search tpe = Search.of(Spaces.sweep(Sweep.Search.TPE, 5, parameters));
        Search random = Search.of(Spaces.sweep(Sweep.Search.RANDOM, 5, parameters));
        List<Result> nine = results(1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(tpe.propose(9, nine)).isEqualTo(random.propose(9, nine));
    }

    private static int good(int results) {
        return Tpe.Split.of(results(IntStream.range(0, results).toArray()))
                .good()
                .size();
    }

    /** Each with its place as its only value. */
    private static List<Result> results(int... losses) {
        return IntStream.range(0, losses.length)
                .mapToObj(i -> new Result(new TreeMap<>(Map.of("score.x", i)), losses[i]))
                .toList();
    }

    private static Dimension.Line line(Sweep.Range range) {
        return (Dimension.Line) Dimension.of(range);
    }

    private static LineDensity density(Dimension.Line line, Double... seen) {
        return new LineDensity(line, Mixture.around(line, List.of(seen)));
    }
}
