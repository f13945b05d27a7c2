package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** In the mean over many seeds: what is left to the best value that there is, after as many trials. */
class TpeBeatsRandomTest {
    private static final int SEEDS = 40;
    private static final int TRIALS = 60;

    @Test
    void on_branin() {
        var space = Map.of("f.x", Spaces.numbers(-5, 10), "f.y", Spaces.numbers(0, 15));
        double least = 0.397887;
        assertClearlyBetter(space, values -> branin(number(values, "f.x"), number(values, "f.y")) - least);
    }

    @Test
    void on_a_bowl_of_four_dimensions_and_a_choice() {
        var space = Map.of(
                "f.a", Spaces.numbers(-5, 5),
                "f.b", Spaces.numbers(-5, 5),
                "f.c", Spaces.numbers(-5, 5),
                "f.d", Spaces.numbers(-5, 5),
                "f.kind", Spaces.of("wrong", "right", "worse"));
        assertClearlyBetter(
                space,
                values -> List.of("f.a", "f.b", "f.c", "f.d").stream()
                                .mapToDouble(name -> Math.pow(number(values, name) - 1, 2))
                                .sum()
                        + ("right".equals(values.get("f.kind")) ? 0 : 5));
    }

    @Test
    void on_magnitudes_and_whole_numbers() {
        var space = Map.of("f.rate", Spaces.log(1e-6, 1), "f.rounds", Spaces.whole(10, 1_000, 10));
        assertClearlyBetter(
                space,
                values -> Math.abs(Math.log10(number(values, "f.rate")) + 2)
                        + Math.abs(number(values, "f.rounds") - 300) / 100);
    }

    private static double branin(double x, double y) {
        double bend = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return bend * bend + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    }

    private static void assertClearlyBetter(
            Map<String, Sweep.Range> space, ToDoubleFunction<SortedMap<String, Object>> loss) {
        double random = mean(Sweep.Search.RANDOM, space, loss);
        double tpe = mean(Sweep.Search.TPE, space, loss);
        assertThat(tpe).as("random search leaves %s", random).isLessThan(0.6 * random);
    }

    private static double mean(
            Sweep.Search kind, Map<String, Sweep.Range> space, ToDoubleFunction<SortedMap<String, Object>> loss) {
        return IntStream.range(0, SEEDS)
                .mapToObj(seed -> Search.of(Spaces.sweep(kind, seed, space)))
                .mapToDouble(search -> best(search, loss))
                .average()
                .orElseThrow();
    }

    private static double best(Search search, ToDoubleFunction<SortedMap<String, Object>> loss) {
        List<Result> results = new ArrayList<>();
        for (int number = 0; number < TRIALS; number++) {
            var values = search.propose(number, List.copyOf(results));
            results.add(new Result(values, loss.applyAsDouble(values)));
        }
        return results.stream().mapToDouble(Result::loss).min().orElseThrow();
    }

    private static double number(SortedMap<String, Object> values, String name) {
        return ((Number) values.getOrDefault(name, Double.NaN)).doubleValue();
    }
}
