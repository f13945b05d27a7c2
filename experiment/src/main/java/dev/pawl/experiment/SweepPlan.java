package dev.pawl.experiment;

import dev.pawl.definition.Sweep;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which trials come next. Values in, values out: what it says is the same whenever it is asked. */
record SweepPlan(Sweep sweep, Search search, Halving halving) {
    static SweepPlan of(Sweep sweep, int trials) {
        return new SweepPlan(sweep, Search.of(sweep), Halving.of(sweep, trials));
    }

    /** What to do now. */
    sealed interface Next {
        /** Begin these trials. */
        record Begin(List<Planned> trials) implements Next {}

        /** Wait for trials that are under way. */
        record Wait() implements Next {}

        /** Nothing is left to try. */
        record Over() implements Next {}
    }

    /**
     * A trial to begin.
     *
     * @param sample how many rows of each source it sees; all if empty
     * @param before the same trial, if its run was cancelled
     */
    record Planned(
            int number,
            int round,
            SortedMap<String, Object> parameters,
            Optional<Integer> sample,
            Optional<Trial> before) {}

    /** @param trials all that there are, by round and number */
    Next next(List<Trial> trials) {
        int underWay =
                (int) trials.stream().filter(it -> it.state().isUnderWay()).count();
        int last = trials.stream().mapToInt(Trial::round).max().orElse(0);
        List<Planned> open = open(trials, last);
        if (open.isEmpty() && underWay == 0 && !halving.isLast(last)) {
            open = promoted(trials, last + 1).toList();
        }
        if (open.isEmpty()) {
            return underWay == 0 ? new Next.Over() : new Next.Wait();
        }
        int places = Math.max(0, sweep.parallel() - underWay);
        return places == 0
                ? new Next.Wait()
                : new Next.Begin(open.stream().limit(places).toList());
    }

    /** The best trial of the last round that has a result, if there is one. */
    Optional<Trial> best(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.value().isPresent())
                .min(Comparator.comparingInt((Trial trial) -> -trial.round())
                        .thenComparingDouble(this::loss)
                        .thenComparingInt(Trial::number));
    }

    /** Those of a round that did not begin yet, or have to begin again. */
    private List<Planned> open(List<Trial> trials, int round) {
        Stream<Planned> fresh = round == 0 ? proposed(trials) : promoted(trials, round);
        return Stream.concat(waiting(trials), fresh).limit(sweep.parallel()).toList();
    }

    private Stream<Planned> waiting(List<Trial> trials) {
        return trials.stream()
                .filter(trial -> trial.state() == Trial.State.WAITING)
                .map(trial -> planned(trial.number(), trial.round(), trial.parameters(), Optional.of(trial)));
    }

    private Stream<Planned> proposed(List<Trial> trials) {
        int begun = (int) of(trials, 0).count();
        List<Result> results = of(trials, 0)
                .filter(trial -> trial.value().isPresent())
                .map(trial -> new Result(trial.parameters(), loss(trial)))
                .toList();
        return IntStream.range(begun, halving.rounds().getFirst().trials())
                .mapToObj(number -> planned(number, 0, search.propose(number, results), Optional.empty()));
    }

    private Stream<Planned> promoted(List<Trial> trials, int round) {
        Map<Integer, Trial> before = of(trials, round - 1)
                .filter(trial -> trial.value().isPresent())
                .collect(Collectors.toMap(Trial::number, trial -> trial));
        Map<Integer, Double> losses = before.values().stream().collect(Collectors.toMap(Trial::number, this::loss));
        var begun = of(trials, round).map(Trial::number).collect(Collectors.toSet());
        return halving.promoted(round - 1, losses).stream()
                .filter(number -> !begun.contains(number))
                .map(number -> Objects.requireNonNull(before.get(number)))
                .map(trial -> planned(trial.number(), round, trial.parameters(), Optional.empty()));
    }

    private Planned planned(int number, int round, SortedMap<String, Object> parameters, Optional<Trial> before) {
        return new Planned(
                number, round, parameters, halving.rounds().get(round).sample(), before);
    }

    private static Stream<Trial> of(List<Trial> trials, int round) {
        return trials.stream().filter(trial -> trial.round() == round);
    }

    private double loss(Trial trial) {
        double value = trial.value().orElseThrow();
        return switch (sweep.goal()) {
            case MIN -> value;
            case MAX -> -value;
        };
    }
}
