package dev.pawl.experiment;

import dev.pawl.kernel.Chance;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tree-structured Parzen estimator: Bergstra, Bardenet, Bengio, Kégl, "Algorithms for Hyper-Parameter Optimization", NIPS
 * 2011, section 4. The results are split into a few good ones and the others; for each parameter a density l(x) is made of the
 * good ones and another one, g(x), of the others; of some values drawn from l, the one with the greatest l(x)/g(x) is proposed,
 * which is the one with the greatest expected improvement (equation 6 there).
 *
 * <p>The bandwidths, the number of candidates and the most that count as good are those of the authors' program Hyperopt
 * (Bergstra, Yamins, Cox, ICML 2013); the good part is the paper's. Trials under way are left out, as in the paper: that values
 * are drawn by chance keeps trials at the same time apart.
 */
record Tpe(Space space, long seed) implements Search {
    /** So many results there are before anything is made of them. Hyperopt waits for 20; many a sweep here has no more. */
    static final int FIRST_RANDOM = 10;

    /** How many values are drawn from l for each parameter. */
    static final int CANDIDATES = 24;

    /** The part of the results that is good, as in the paper. */
    private static final double GAMMA = 0.15;

    private static final int MOST_GOOD = 25;

    @Override
    public SortedMap<String, Object> propose(int number, List<Result> before) {
        Chance chance = Chance.of(seed, number);
        if (before.size() < FIRST_RANDOM) {
            return space.draw(chance);
        }
        Split split = Split.of(before);
        return space.each(parameter -> switch (parameter.getValue()) {
            case Dimension.Choice choice -> best(choice, parameter.getKey(), split, chance);
            case Dimension.Line line -> best(line, parameter.getKey(), split, chance);
        });
    }

    private static Object best(Dimension.Choice choice, String name, Split split, Chance chance) {
        var good = ChoiceDensity.of(
                choice.of().size(), split.good(name).map(choice::indexOf).toList());
        var others = ChoiceDensity.of(
                choice.of().size(), split.others(name).map(choice::indexOf).toList());
        int best = best(Stream.generate(() -> good.draw(chance)), value -> good.log(value) - others.log(value));
        return choice.of().get(best);
    }

    private static Object best(Dimension.Line line, String name, Split split, Chance chance) {
        var good = new LineDensity(
                line, Mixture.around(line, split.good(name).map(line::position).toList()));
        var others = new LineDensity(
                line,
                Mixture.around(line, split.others(name).map(line::position).toList()));
        return best(Stream.generate(() -> good.draw(chance)), value -> good.log(value) - others.log(value));
    }

    private static <T> T best(Stream<T> drawn, ToDoubleFunction<T> improvement) {
        return drawn.limit(CANDIDATES)
                .max(Comparator.comparingDouble(improvement))
                .orElseThrow();
    }

    /** The good results and the others, each in the order of the trials. */
    record Split(List<Result> good, List<Result> others) {
        /** Of equal ones the earlier is better. */
        static Split of(List<Result> results) {
            int count = Math.min(MOST_GOOD, (int) Math.ceil(GAMMA * results.size()));
            var best = IntStream.range(0, results.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> results.get(i).loss()))
                    .limit(count)
                    .collect(Collectors.toSet());
            var parts = IntStream.range(0, results.size())
                    .boxed()
                    .collect(Collectors.partitioningBy(
                            best::contains, Collectors.mapping(results::get, Collectors.toUnmodifiableList())));
            return new Split(parts.getOrDefault(true, List.of()), parts.getOrDefault(false, List.of()));
        }

        Stream<Object> good(String parameter) {
            return good.stream().map(result -> value(result, parameter));
        }

        Stream<Object> others(String parameter) {
            return others.stream().map(result -> value(result, parameter));
        }

        private static Object value(Result result, String parameter) {
            return Objects.requireNonNull(result.values().get(parameter));
        }
    }
}
