package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SearchTest {
    private static final Map<String, Sweep.Range> MIXED = Map.of(
            "train.depth", Spaces.whole(1, 3, 1),
            "train.kind", Spaces.of("trees", "linear"));

    @Test
    void a_grid_has_every_combination_once_the_last_parameter_changing_first() {
        Search grid = Search.of(Spaces.sweep(Sweep.Search.GRID, 0, MIXED));
        assertThat(IntStream.range(0, 6)
                        .mapToObj(number ->
                                grid.propose(number, List.of()).values().toString()))
                .containsExactly("[1, trees]", "[1, linear]", "[2, trees]", "[2, linear]", "[3, trees]", "[3, linear]");
    }

    @ParameterizedTest
    @EnumSource
    void the_same_seed_and_results_lead_to_the_same_values(Sweep.Search search) {
        assertThat(path(search, 1)).isEqualTo(path(search, 1));
    }

    @ParameterizedTest
    @EnumSource(names = {"RANDOM", "TPE"})
    void another_seed_leads_to_other_values(Sweep.Search search) {
        assertThat(path(search, 1)).isNotEqualTo(path(search, 2));
    }

    @Test
    void random_values_do_not_depend_on_what_came_before() {
        Search random = Search.of(Spaces.sweep(Sweep.Search.RANDOM, 3, MIXED));
        var result = new Result(random.propose(0, List.of()), 1);
        assertThat(random.propose(5, List.of(result))).isEqualTo(random.propose(5, List.of()));
    }

    private static List<SortedMap<String, Object>> path(Sweep.Search kind, int seed) {
        Search search = Search.of(Spaces.sweep(kind, seed, MIXED));
        List<Result> results = new ArrayList<>();
        for (int number = 0; number < 30; number++) {
            results.add(new Result(search.propose(number, List.copyOf(results)), number % 7));
        }
        return results.stream().map(Result::values).toList();
    }
}
