package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MetricDifferenceTest {
    private static MetricDifference of(List<Double> before, List<Double> after) {
        return MetricDifference.of("evaluate.mape", before, after);
    }

    /** By hand: variances 1 and 4, three values each, so 2.941 degrees of freedom; t(0.995) there is 5.9613. */
    @Test
    void the_band_is_that_of_welch() {
        MetricDifference difference = of(List.of(1.0, 2.0, 3.0), List.of(10.0, 12.0, 14.0));

        assertThat(difference.change()).isEqualTo(10);
        assertThat(difference.band().orElseThrow()).isCloseTo(5.96 * Math.sqrt(5.0 / 3), within(0.1));
        assertThat(difference.moved()).isTrue();
    }

    @Test
    void without_seeds_nothing_is_known_of_chance_and_every_change_counts() {
        assertThat(of(List.of(1.0), List.of(1.0)).moved()).isFalse();
        assertThat(of(List.of(1.0), List.of(1.0001)).moved()).isTrue();
        assertThat(of(List.of(1.0), List.of(1.0, 2.0)).band()).isEmpty();
    }

    @Test
    void what_never_varies_has_no_band() {
        MetricDifference difference = of(List.of(1.0, 1.0), List.of(1.5, 1.5));
        assertThat(difference.band()).hasValue(0.0);
        assertThat(difference.moved()).isTrue();
    }

    /** Equal pipelines are told to differ in one of a hundred cases. */
    @Test
    void chance_is_rarely_taken_for_a_move() {
        Random random = new Random(1);
        long moved = IntStream.range(0, 2_000)
                .filter(_ -> of(noise(random), noise(random)).moved())
                .count();
        assertThat(moved).isBetween(2L, 40L);
    }

    private static List<Double> noise(Random random) {
        return random.doubles(5)
                .map(value -> value + random.nextGaussian())
                .boxed()
                .toList();
    }
}
