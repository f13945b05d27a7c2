package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Lineage.Stop;
import dev.pawl.pipeline.LineageLink.Role;
import dev.pawl.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One search for what something was used by. Nothing is followed twice. */
final class WayForth {
    private final Tx tx;
    private final Ties ties;
    private final LineageStore links = new LineageStore();
    private final List<Stop> stops = new ArrayList<>();
    private final Set<LineageLink> seen = new HashSet<>();
    private final Map<RunId, Boolean> takenFrom = new HashMap<>();

    WayForth(Tx tx, Ties ties) {
        this.tx = tx;
        this.ties = ties;
    }

    List<Stop> stops() {
        return List.copyOf(stops);
    }

    /** Follows an output into other runs. */
    void leave(LineageLink output) {
        if (seen.add(output) && stops.size() < Lineage.MOST_STEPS) {
            for (LineageLink taken : takenOver(output)) {
                reachedBy(ties.readers(taken), 0);
                leave(taken);
            }
            reachedBy(ties.readersOfData(output), 0);
        }
    }

    private List<LineageLink> takenOver(LineageLink output) {
        return takenFrom.computeIfAbsent(output.run(), run -> links.isTakenFrom(tx, run))
                ? links.takenOver(tx, output, Lineage.MOST_READERS)
                : List.of();
    }

    void reachedBy(List<LineageLink> inputs, int depth) {
        for (LineageLink input : inputs) {
            if (stops.size() >= Lineage.MOST_STEPS) {
                return;
            }
            if (seen.add(input)) {
                stops.add(new Stop(
                        depth, input, links.of(tx, input.run(), input.step(), input.itemNumber(), Role.OUTPUT)));
                links.ofWhole(tx, input, Role.OUTPUT).forEach(output -> forth(output, depth + 1));
            }
        }
    }

    private void forth(LineageLink output, int depth) {
        if (seen.add(output)) {
            reachedBy(ties.readers(output), depth);
            reachedBy(ties.readersOfData(output), depth);
        }
    }
}
