package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.definition.Sweep.Range;
import dev.pawl.kernel.Chance;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DimensionTest {
    private static final int MANY = 10_000;

    @Test
    void numbers_are_spread_evenly_between_their_bounds() {
        List<Double> drawn = doubles(Spaces.numbers(-2, 6));
        assertThat(drawn).allSatisfy(x -> assertThat(x).isBetween(-2.0, 6.0));
        assertThat(share(drawn, 0)).isCloseTo(0.25, within(0.02));
    }

    @Test
    void on_a_log_scale_each_magnitude_is_as_likely() {
        List<Double> drawn = doubles(Spaces.log(0.001, 1));
        assertThat(drawn).allSatisfy(x -> assertThat(x).isBetween(0.001, 1.0));
        assertThat(share(drawn, 0.01)).isCloseTo(1 / 3.0, within(0.02));
        assertThat(share(drawn, 0.1)).isCloseTo(2 / 3.0, within(0.02));
    }

    @Test
    void steps_are_exact_and_each_is_as_likely() {
        Map<Object, Long> counts = counts(Spaces.stepped(0.1, 0.35, 0.1));
        assertThat(counts.keySet()).containsExactlyInAnyOrder(0.1, 0.2, 0.3);
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(count / (double) MANY).isCloseTo(1 / 3.0, within(0.02)));
    }

    @Test
    void whole_numbers_stay_whole_and_the_bounds_are_as_likely_as_the_rest() {
        Map<Object, Long> counts = counts(Spaces.whole(50, 250, 50));
        assertThat(counts.keySet()).containsExactlyInAnyOrder(50L, 100L, 150L, 200L, 250L);
        assertThat(counts.values())
                .allSatisfy(count -> assertThat(count / (double) MANY).isCloseTo(0.2, within(0.02)));
    }

    @Test
    void whole_numbers_on_a_log_scale_are_likely_by_magnitude() {
        List<Object> drawn = drawn(Spaces.wholeLog(1, 999));
        assertThat(drawn).allSatisfy(x -> assertThat((Long) x).isBetween(1L, 999L));
        double below = drawn.stream().filter(x -> (Long) x < 32).count() / (double) MANY;
        assertThat(below)
                .as("half of the magnitudes from 1/2 to 999.5")
                .isCloseTo(Math.log(63) / Math.log(1999), within(0.02));
    }

    @Test
    void a_choice_takes_each_and_knows_it_again_as_json_gives_it_back() {
        Dimension.Choice choice = (Dimension.Choice) Spaces.dimension(Spaces.of("trees", 3L, true));
        assertThat(counts(Spaces.of("trees", 3L, true)).keySet()).containsExactlyInAnyOrder("trees", 3L, true);
        assertThat(List.of(choice.indexOf("trees"), choice.indexOf(3), choice.indexOf(true)))
                .containsExactly(0, 1, 2);
    }

    @Test
    void a_position_leads_back_to_its_number() {
        for (var range :
                List.of(Spaces.numbers(1, 9), Spaces.log(1, 9), Spaces.whole(1, 9, 2), Spaces.wholeLog(1, 9))) {
            Dimension.Line line = (Dimension.Line) Spaces.dimension(range);
            Chance chance = Chance.of(3, 1);
            for (int i = 0; i < 100; i++) {
                Object value = line.draw(chance);
                double back = ((Number) line.value(line.position(value))).doubleValue();
                assertThat(back).isCloseTo(((Number) value).doubleValue(), within(1e-12));
            }
        }
    }

    private static List<Object> drawn(Range range) {
        Dimension dimension = Spaces.dimension(range);
        Chance chance = Chance.of(1, 1);
        return IntStream.range(0, MANY).mapToObj(_ -> dimension.draw(chance)).toList();
    }

    private static List<Double> doubles(Range range) {
        return drawn(range).stream().map(Double.class::cast).toList();
    }

    private static Map<Object, Long> counts(Range range) {
        return drawn(range).stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static double share(List<Double> drawn, double below) {
        return drawn.stream().filter(x -> x < below).count() / (double) drawn.size();
    }
}
