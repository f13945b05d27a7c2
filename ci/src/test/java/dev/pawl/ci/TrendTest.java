package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
    private static List<Double> curve(double... values) {
        return DoubleStream.of(values).boxed().toList();
    }

    /** With S = -21 of 7 values: variance 7 x 6 x 19 / 18, z = -20 / sqrt(44.333). */
    @Test
    void a_curve_that_falls_at_every_step_passes() {
        Trend trend = Trend.of(curve(7, 6, 5, 4, 3, 2, 1));

        assertThat(trend.p()).isCloseTo(0.001334, within(1e-6));
        assertThat(trend.falls()).isTrue();
    }

    /** With the ties 2, 2, 2 of 8 values: variance (8 x 7 x 21 - 3 x 2 x 11) / 18 = 61.667, S = -25. */
    @Test
    void ties_count_for_nothing() {
        assertThat(Trend.of(curve(8, 7, 6, 5, 2, 2, 2, 1)).p()).isCloseTo(0.001120, within(1e-6));
        assertThat(Trend.of(Collections.nCopies(20, 3.0)).falls()).isFalse();
    }

    @Test
    void a_curve_that_rises_wanders_or_is_short_does_not_pass() {
        assertThat(Trend.of(curve(1, 2, 3, 4, 5, 6, 7, 8)).falls()).isFalse();
        assertThat(Trend.of(curve(5, 4, 6, 3, 7, 5, 4, 6)).falls()).isFalse();
        assertThat(Trend.of(curve(5, 4, 3, 2, 1)).falls()).isFalse();
        assertThat(Trend.of(List.of()).falls()).isFalse();
    }

    @Test
    void a_curve_that_falls_fast_and_then_wanders_passes() {
        Random random = new Random(11);
        for (int rounds : new int[] {50, 100, 1_000, 10_000}) {
            List<Double> losses = IntStream.range(0, rounds)
                    .mapToObj(i -> 2 * Math.exp(-i / 3.0) + 0.01 * random.nextDouble())
                    .toList();
            assertThat(Trend.of(losses).falls()).as("%d rounds", rounds).isTrue();
        }
    }

    @Test
    void a_curve_that_falls_and_then_diverges_does_not_pass() {
        List<Double> losses = IntStream.range(0, 100)
                .mapToObj(i -> i < 80 ? 1.0 / (i + 1) : i * 1.0)
                .toList();
        assertThat(Trend.of(losses).falls()).isFalse();
    }

    @Test
    void a_wild_value_does_not_decide() {
        assertThat(Trend.of(curve(9, 8, 7, 1000, 6, 5, 4, 3, 2, 1)).falls()).isTrue();
    }

    @Test
    void a_curve_without_a_trend_passes_about_once_in_a_hundred() {
        Random random = new Random(7);
        long passed = IntStream.range(0, 4_000)
                .filter(_ -> Trend.of(random.doubles(30).boxed().toList()).falls())
                .count();
        assertThat(passed / 4_000.0).isBetween(0.005, 0.015);
    }

    @Test
    void of_a_long_curve_a_part_is_looked_at() {
        List<Double> many =
                IntStream.range(0, 100_000).mapToObj(i -> 1.0 / (i + 1)).toList();
        assertThat(Trend.of(many).falls()).isTrue();
    }
}
