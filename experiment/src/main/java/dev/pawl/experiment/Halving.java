package dev.pawl.experiment;

import dev.pawl.definition.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rounds of a sweep: all trials in the first one; of those, the best in the next, on more rows; and so on. Without early
 * stopping there is one. This is successive halving with the sample as what is spent: Jamieson, Talwalkar, "Non-stochastic Best
 * Arm Identification and Hyperparameter Optimization", AISTATS 2016.
 *
 * @param rounds at least one
 */
record Halving(List<Round> rounds) {
    /**
     * @param trials how many run in it at the most
     * @param sample how many rows of each source they see; all of them if empty
     */
    record Round(int trials, Optional<Integer> sample) {}

    static Halving of(Sweep sweep, int trials) {
        return sweep.stop()
                .filter(_ -> trials > 1)
                .map(stop -> of(stop.from(), stop.factor(), trials))
                .orElse(new Halving(List.of(new Round(trials, Optional.empty()))));
    }

    /** Each round has a part of the trials before it, as long as that is one at least; the last one sees all rows. */
    private static Halving of(int from, int factor, int trials) {
        var rounds = new ArrayList<Round>();
        long sample = from;
        int left = trials;
        for (; left >= factor; left /= factor) {
            rounds.add(new Round(left, Optional.of((int) Math.min(sample, Integer.MAX_VALUE))));
            sample = Math.min(sample * factor, Integer.MAX_VALUE);
        }
        if (rounds.isEmpty()) {
            rounds.add(new Round(left, Optional.of(from)));
            left = 1;
        }
        rounds.add(new Round(left, Optional.empty()));
        return new Halving(List.copyOf(rounds));
    }

    /**
     * The trials that go on after a round, best first. Of equal ones the earlier is better.
     *
     * @param round from 0
     * @param losses of the trials that had a result in it, by number
     */
    List<Integer> promoted(int round, Map<Integer, Double> losses) {
        return losses.entrySet().stream()
                .sorted(Map.Entry.<Integer, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .limit(rounds.get(round + 1).trials())
                .toList();
    }

    boolean isLast(int round) {
        return round == rounds.size() - 1;
    }
}
