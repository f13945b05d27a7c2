package dev.pawl.app;

import dev.pawl.definition.Sweep;
import dev.pawl.experiment.PastSweeps;
import dev.pawl.experiment.StartedSweep;
import dev.pawl.experiment.Trial;
import dev.pawl.kernel.Count;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.SweepId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A sweep as people and programs want to see it.
 *
 * @param metric that decides, as {@code step.metric}
 * @param goal what is wanted of it
 * @param rounds how many trials each round has at the most
 * @param ended how many trials have
 * @param best in the last round that has results
 * @param trials by round and number
 */
record SweepView(
        SweepId sweep,
        String name,
        StartedSweep.State state,
        String metric,
        Sweep.Goal goal,
        List<Integer> rounds,
        int ended,
        Instant asOf,
        Instant startedAt,
        Optional<Instant> endedAt,
        Optional<TrialView> best,
        List<TrialView> trials) {
    private static final int BEST_SHOWN = 10;

    /** @param because why it has no value although it has ended */
    record TrialView(
            int number,
            int round,
            RunId run,
            Trial.State state,
            Optional<Double> value,
            String because,
            SortedMap<String, Object> parameters) {

        static TrialView of(Trial trial) {
            return new TrialView(
                    trial.number(),
                    trial.round(),
                    trial.run(),
                    trial.state(),
                    trial.value(),
                    trial.because(),
                    trial.parameters());
        }

        /** The value, or why there is none. */
        String result() {
            return value.map(SweepView::number).orElse(state == Trial.State.ENDED ? "none" : state.name());
        }

        String values() {
            return parameters.entrySet().stream()
                    .map(parameter -> parameter.getKey() + "=" + shown(parameter.getValue()))
                    .collect(Collectors.joining(" "));
        }
    }

    static SweepView of(PastSweeps sweeps, SweepId id) {
        StartedSweep sweep = sweeps.get(id);
        List<TrialView> trials = sweeps.trials(id).stream().map(TrialView::of).toList();
        Sweep definition = sweeps.definition(sweep);
        return new SweepView(
                id,
                sweep.name(),
                sweep.state(),
                definition.step() + "." + definition.metric(),
                definition.goal(),
                sweeps.rounds(sweep),
                (int) trials.stream()
                        .filter(trial -> trial.state() == Trial.State.ENDED)
                        .count(),
                sweep.asOf(),
                sweep.startedAt(),
                sweep.endedAt(),
                sweeps.best(id).map(TrialView::of),
                trials);
    }

    /** For lists: there may be thousands. */
    SweepView withoutTrials() {
        return new SweepView(
                sweep, name, state, metric, goal, rounds, ended, asOf, startedAt, endedAt, best, List.of());
    }

    static String number(double value) {
        return "%.6g".formatted(value);
    }

    int all() {
        return rounds.stream().mapToInt(Integer::intValue).sum();
    }

    /** The one that 'pawl sweeps' lists. */
    String line() {
        return "%s  %s  %-8s  %-12s  %d of %s  %s"
                .formatted(sweep, startedAt, state, name, ended(), Count.of(all(), "trial"), bestSoFar());
    }

    String bestSoFar() {
        return best.map(trial -> "best %s (trial %d)".formatted(trial.result(), trial.number()))
                .orElse("no result yet");
    }

    /** The best trials, best first, and the values of the very best in full. */
    void print(Printed printed) {
        printed.row("sweep", sweep, " ", name, " ", state, ", ", ended(), " of ", Count.of(all(), "trial"));
        printed.row("metric", metric, " ", goal.name().toLowerCase(Locale.ROOT));
        printed.row("as of", asOf);
        ranked().limit(BEST_SHOWN)
                .forEach(trial -> printed.row(
                        "trial " + trial.number(),
                        "%-12s %s  %s".formatted(trial.result(), trial.run().brief(), trial.values())));
        best.ifPresent(trial -> trial.parameters().forEach((name, value) -> printed.row("best", name, " = ", value)));
    }

    private Stream<TrialView> ranked() {
        Comparator<TrialView> byValue =
                Comparator.comparingDouble(trial -> trial.value().orElse(Double.NaN));
        return trials.stream()
                .filter(trial -> trial.value().isPresent())
                .sorted(Comparator.comparingInt((TrialView trial) -> -trial.round())
                        .thenComparing(goal == Sweep.Goal.MIN ? byValue : byValue.reversed())
                        .thenComparingInt(TrialView::number));
    }

    private static String shown(Object value) {
        return value instanceof Double number ? number(number) : value.toString();
    }
}
