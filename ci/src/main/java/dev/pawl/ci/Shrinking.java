package dev.pawl.ci;

import dev.pawl.ci.NumericTrials.Case;
import dev.pawl.kernel.Digest;
import dev.pawl.sdk.HostileCase;
import dev.pawl.sdk.HostileRules;
import dev.pawl.sdk.SmallestCase;
import dev.pawl.store.Artifacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Looks for smaller tables that fail, and keeps them.
 *
 * @param trial how a part of a table is borne
 */
record Shrinking(Artifacts artifacts, Trials.Trial<HostileCase, Bearing> trial) {
    /**
     * The first failures once more, each with the smallest table that fails.
     *
     * @param tables of the cases, in their order
     */
    List<Case> of(List<HostileCase> tables, List<Case> cases) throws InterruptedException {
        List<Case> all = new ArrayList<>(cases);
        List<Integer> failed = IntStream.range(0, cases.size())
                .filter(i -> cases.get(i).bearing() instanceof Bearing.Failed)
                .limit(HostileRules.MOST_SHRUNK)
                .boxed()
                .toList();
        for (int i : failed) {
            HostileCase smallest = SmallestCase.of(
                    tables.get(i),
                    HostileRules.MOST_TO_SHRINK,
                    smaller -> trial.make(smaller) instanceof Bearing.Failed);
            if (trial.make(smallest) instanceof Bearing.Failed again) {
                Digest kept = artifacts.putText(smallest.csv());
                all.set(
                        i,
                        new Case(
                                smallest.kind(), smallest.words(), new Bearing.Failed(again.why(), Optional.of(kept))));
            }
        }
        return List.copyOf(all);
    }
}
