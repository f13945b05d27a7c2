package dev.pawl.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChanceTest {
    private static final int MANY = 20_000;

    @Test
    void equal_seeds_draw_equal_values_and_others_other_ones() {
        assertThat(Chance.of(7, 3).uniform()).isEqualTo(Chance.of(7, 3).uniform());
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(which -> Chance.of(7, which).uniform()))
                .doesNotHaveDuplicates();
        assertThat(Chance.of(7, 3).uniform()).isNotEqualTo(Chance.of(3, 7).uniform());
    }

    /** A sweep made years ago must be repeatable. */
    @Test
    void what_is_drawn_never_changes() {
        Chance chance = Chance.of(1, 2);
        assertThat(chance.uniform()).isEqualTo(0.5966537766867466);
        assertThat(chance.below(1_000)).isEqualTo(281);
        assertThat(chance.normal()).isEqualTo(0.3649020276429044);
    }

    @Test
    void one_sequence_says_nothing_of_the_next() {
        double[] first = firstOfEach();
        double mean = DoubleStream.of(first).average().orElseThrow();
        double product = IntStream.range(1, MANY)
                .mapToDouble(i -> (first[i] - 0.5) * (first[i - 1] - 0.5))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.5, within(0.01));
        assertThat(product * 12).as("correlation").isCloseTo(0, within(0.03));
    }

    @Test
    void normal_draws_have_the_normal_mean_and_spread() {
        Chance chance = Chance.of(5, 0);
        double[] drawn = DoubleStream.generate(chance::normal).limit(MANY).toArray();
        assertThat(DoubleStream.of(drawn).average().orElseThrow()).isCloseTo(0, within(0.03));
        assertThat(DoubleStream.of(drawn).map(x -> x * x).average().orElseThrow())
                .isCloseTo(1, within(0.05));
        assertThat(DoubleStream.of(drawn).filter(x -> x < -1.96).count() / (double) MANY)
                .isCloseTo(0.025, within(0.005));
    }

    private static double[] firstOfEach() {
        return IntStream.range(0, MANY)
                .mapToDouble(which -> Chance.of(11, which).uniform())
                .toArray();
    }
}
