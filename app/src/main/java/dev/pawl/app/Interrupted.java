package dev.pawl.app;

import dev.pawl.kernel.Count;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Runs;
import java.util.List;
import java.util.stream.Collectors;

/** Runs that an earlier process left open, taken up by this one. */
record Interrupted(Runs runs, List<RunId> taken) {
    private static final int MOST_NAMED = 3;

    void announce(Printed printed) {
        if (!taken.isEmpty()) {
            printed.remark("takes up %s that an earlier process left, beside its own: %s"
                    .formatted(Count.of(taken.size(), "run"), names(taken)));
        }
    }

    /** Says what this process leaves, in its turn. */
    void tellWhatIsLeft(Printed printed) {
        List<RunId> left =
                taken.stream().filter(run -> !runs.run(run).state().isOver()).toList();
        if (!left.isEmpty()) {
            printed.remark("not over yet, and left again: %s; 'pawl resume %s' waits for it"
                    .formatted(names(left), left.getFirst().brief()));
        }
    }

    private static String names(List<RunId> some) {
        String named = some.stream().limit(MOST_NAMED).map(RunId::brief).collect(Collectors.joining(", "));
        return some.size() <= MOST_NAMED ? named : named + " and %d more".formatted(some.size() - MOST_NAMED);
    }
}
