package dev.pawl.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.kernel.PawlException;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedTestTest {
    private static final int YEAR = 364;

    /** By hand: differences 1, 2, 3, 4 have mean 2.5 and standard error 0.6455, so that t = 3.873; p from a table of t. */
    @Test
    void a_small_case_agrees_with_the_textbook() {
        PairedTest test = PairedTest.of(blocks(1, 2, 3, 4), blocks(0, 0, 0, 0));
        assertThat(test.blocks()).isEqualTo(4);
        assertThat(test.rows()).isEqualTo(28);
        assertThat(test.meanDifference()).isCloseTo(2.5, within(1e-12));
        assertThat(test.t()).isCloseTo(3.872983, within(1e-6));
        assertThat(test.p()).isCloseTo(0.015233, within(1e-6));
        assertThat(test.challengerIsBetter()).isTrue();
    }

    /** t = 1.8331 is the 95th percentile of nine degrees of freedom. */
    @Test
    void just_at_alpha_is_better_and_just_above_is_not() {
        assertThat(PairedTest.of(tenWithT(1.8332), new double[70]).challengerIsBetter())
                .isTrue();
        assertThat(PairedTest.of(tenWithT(1.8330), new double[70]).challengerIsBetter())
                .isFalse();
        assertThat(PairedTest.of(tenWithT(2.5), new double[70]).p()).isCloseTo(0.0169309, within(1e-6));
    }

    @Test
    void the_same_model_is_not_better_than_itself() {
        double[] losses = noisy(new Random(1), YEAR, 0);
        PairedTest test = PairedTest.of(losses, losses);
        assertThat(test.p()).isEqualTo(0.5);
        assertThat(test.challengerIsBetter()).isFalse();
    }

    @Test
    void a_worse_one_has_a_p_above_one_half() {
        assertThat(PairedTest.of(blocks(0, 0, 0), blocks(1, 2, 3)).p()).isGreaterThan(0.9);
        assertThat(PairedTest.of(blocks(0, 0, 0), blocks(1, 1, 1)).p()).isEqualTo(1);
    }

    @Test
    void always_better_by_the_same_is_better() {
        assertThat(PairedTest.of(blocks(1, 1, 1), blocks(0, 0, 0)).challengerIsBetter())
                .isTrue();
    }

    @Test
    void rows_that_fill_no_block_are_left_out() {
        double[] champion = new double[20];
        champion[19] = 1e9;
        assertThat(PairedTest.of(champion, new double[20]).meanDifference()).isZero();
    }

    @Test
    void fewer_than_two_blocks_are_no_test() {
        assertThatThrownBy(() -> PairedTest.of(new double[13], new double[13]))
                .isInstanceOf(PawlException.class)
                .hasMessage("13 held-out rows are too few to compare two models: it takes 2 blocks of 7");
    }

    @Test
    void equal_models_are_promoted_about_as_often_as_alpha_says() {
        assertThat(promoted(2_000, 0, 0)).isBetween(0.035, 0.065);
    }

    /** Errors of neighbouring days that hang together, at 0.5 from one day to the next: blocks take most of it away. */
    @Test
    void dependence_between_days_costs_little() {
        assertThat(promoted(2_000, 0.5, 0)).isBetween(0.04, 0.09);
    }

    @Test
    void better_ones_are_promoted_and_worse_ones_are_not() {
        assertThat(promoted(500, 0, 0.3)).isGreaterThan(0.95);
        assertThat(promoted(500, 0, -0.1)).isLessThan(0.01);
    }

    /** @param gain how much lower the challenger's losses are, in standard deviations of one row's difference */
    private static double promoted(int seeds, double dependence, double gain) {
        return (double) IntStream.range(0, seeds)
                        .filter(seed -> {
                            double[] champion = noisy(new Random(seed), YEAR, dependence);
                            double[] challenger = new double[YEAR];
                            return PairedTest.of(
                                            DoubleStream.of(champion)
                                                    .map(loss -> loss + gain)
                                                    .toArray(),
                                            challenger)
                                    .challengerIsBetter();
                        })
                        .count()
                / seeds;
    }

    /** An autoregressive series of order one with variance one. */
    private static double[] noisy(Random random, int length, double dependence) {
        double[] series = new double[length];
        double last = random.nextGaussian();
        for (int i = 0; i < length; i++) {
            series[i] = last;
            last = dependence * last + Math.sqrt(1 - dependence * dependence) * random.nextGaussian();
        }
        return series;
    }

    /** Ten blocks whose differences have exactly this t. */
    private static double[] tenWithT(double t) {
        double deviation = Math.sqrt(10.0 * 9 / 10);
        return blocks(IntStream.range(0, 10)
                .mapToDouble(block -> t + (block % 2 == 0 ? deviation : -deviation))
                .toArray());
    }

    private static double[] blocks(double... means) {
        return DoubleStream.of(means)
                .flatMap(mean -> DoubleStream.generate(() -> mean).limit(PairedTest.BLOCK))
                .toArray();
    }
}
