package dev.pawl.definition;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pawl.kernel.StepName;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * A search for good parameters: many runs of one pipeline, its trials, each with values of its own.
 *
 * @param trials how many at the most
 * @param parallel how many at the same time at the most
 * @param step whose metric decides
 * @param seed equal seeds propose equal values, as long as trials end in the same order
 * @param parameters what may be tried, by {@code STEP.PARAMETER}
 * @param stop how trials that do badly end early, if they do
 */
public record Sweep(
        Search search,
        int trials,
        int parallel,
        StepName step,
        String metric,
        Goal goal,
        int seed,
        SortedMap<String, Range> parameters,
        Optional<Halving> stop) {

    /** Those whose parameters it tries. */
    public Set<StepName> steps() {
        return parameters.keySet().stream()
                .map(name -> new StepName(name.substring(0, name.indexOf('.'))))
                .collect(Collectors.toSet());
    }

    public enum Search {
        /** Every combination, in order. */
        GRID,
        RANDOM,
        /** Tree-structured Parzen estimator: learns from the trials that have ended. */
        TPE
    }

    /** What is wanted of the metric. */
    public enum Goal {
        MIN,
        MAX
    }

    /** The values of one parameter. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    public sealed interface Range {
        /** How many values there are; empty if they cannot be counted. */
        OptionalLong size();
    }

    /**
     * {@code min}, {@code min + step}, ... up to {@code max}.
     *
     * @param log whether small ones are as likely as large ones on a scale of magnitudes
     */
    public record WholeNumbers(long min, long max, long step, boolean log) implements Range {
        @Override
        public OptionalLong size() {
            return OptionalLong.of(Math.subtractExact(max, min) / step + 1);
        }
    }

    /**
     * All numbers from {@code min} to {@code max}, or those that are a number of steps from min.
     *
     * @param log as for whole ones
     */
    public record Numbers(double min, double max, Optional<Double> step, boolean log) implements Range {
        /** What is missing to a whole number of steps by rounding only. */
        private static final double ROUNDING = 1e-9;

        @Override
        public OptionalLong size() {
            return step.map(by -> OptionalLong.of((long) Math.floor((max - min) / by + ROUNDING) + 1))
                    .orElse(OptionalLong.empty());
        }
    }

    /** @param of JSON scalars, each as likely as the next */
    public record Choice(List<Object> of) implements Range {
        @Override
        public OptionalLong size() {
            return OptionalLong.of(of.size());
        }
    }

    /**
     * Successive halving over the size of the sample: all trials run on {@code from} rows of each source; the best
     * {@code 1/factor} of them run again on {@code factor} times as many; and so on, the last ones on all rows.
     */
    public record Halving(int from, int factor) {}
}
