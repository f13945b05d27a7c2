package dev.pawl.pipeline;

import dev.pawl.pipeline.Lineage.Stop;
import dev.pawl.pipeline.LineageLink.Role;
import dev.pawl.store.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** One search for what something was made by. Nothing is followed twice. */
final class WayBack {
    private final Tx tx;
    private final Ties ties;
    private final boolean withinRun;
    private final LineageStore links = new LineageStore();
    private final List<Stop> stops = new ArrayList<>();
    private final Set<LineageLink> seen = new HashSet<>();

    /** @param withinRun whether a step stands for itself that took what it gave from another run's */
    WayBack(Tx tx, Ties ties, boolean withinRun) {
        this.tx = tx;
        this.ties = ties;
        this.withinRun = withinRun;
    }

    List<Stop> stops() {
        return List.copyOf(stops);
    }

    void follow(LineageLink output) {
        back(output, 0);
    }

    private void back(LineageLink output, int depth) {
        LineageLink made = withinRun ? output : origin(output);
        if (stops.size() >= Lineage.MOST_STEPS || !seen.add(made)) {
            return;
        }
        stops.add(new Stop(depth, made, links.of(tx, made.run(), made.step(), made.itemNumber(), Role.INPUT)));
        links.ofWhole(tx, made, Role.INPUT)
                .forEach(input -> ties.giver(input).ifPresent(giver -> back(giver, depth + 1)));
    }

    /** It may have been taken over more than once: a run that resumed another was resumed itself. */
    private LineageLink origin(LineageLink output) {
        Set<LineageLink> passed = new HashSet<>();
        LineageLink at = output;
        while (passed.add(at)) {
            at = links.origin(tx, at).orElse(at);
        }
        return at;
    }
}
