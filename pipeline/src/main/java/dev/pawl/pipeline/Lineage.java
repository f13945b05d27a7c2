package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where artifacts come from and where they went, over all runs. Written with the state of the steps in one transaction, so that it is never
 * ahead of it nor behind. Safe for use by many threads.
 */
public final class Lineage {
    /** So many steps are followed at the most, in one direction. */
    public static final int MOST_STEPS = 1_000;

    private static final int MOST_READERS = 100;

    private final Store store;
    private final LineageStore links = new LineageStore();

    public Lineage(Store store) {
        this.store = store;
    }

    /**
     * A step on the way, and how it is connected.
     *
     * @param depth 0 for the one that gave, or reads, the artifact itself
     * @param through the link by which it was reached
     * @param others what else the step read (going back), or gave (going forth)
     */
    public record Stop(int depth, LineageLink through, List<LineageLink> others) {}

    /** The way back: the step that first gave the artifact, the steps that gave what it read, and so on. */
    public List<Stop> back(Digest artifact) {
        return store.database().read(tx -> {
            List<Stop> way = new ArrayList<>();
            back(tx, artifact, 0, way, new HashSet<>());
            return List.copyOf(way);
        });
    }

    /** The way forth: the steps that read the artifact, those that read what these gave, and so on. */
    public List<Stop> forth(Digest artifact) {
        return store.database().read(tx -> {
            List<Stop> way = new ArrayList<>();
            forth(tx, artifact, 0, way, new HashSet<>());
            return List.copyOf(way);
        });
    }

    /** All that went through the steps of a run. */
    public List<LineageLink> of(RunId run) {
        return store.database().read(tx -> links.of(tx, run));
    }

    private void back(Tx tx, Digest artifact, int depth, List<Stop> way, Set<Digest> seen) {
        if (way.size() >= MOST_STEPS || !seen.add(artifact)) {
            return;
        }
        Optional<LineageLink> maker = links.makers(tx, artifact, 1).stream().findFirst();
        maker.ifPresent(link -> {
            var inputs = links.of(tx, link.run(), link.step(), link.itemNumber(), LineageLink.Role.INPUT);
            way.add(new Stop(depth, link, inputs));
            inputs.forEach(input -> back(tx, input.artifact(), depth + 1, way, seen));
        });
    }

    private void forth(Tx tx, Digest artifact, int depth, List<Stop> way, Set<Digest> seen) {
        if (!seen.add(artifact)) {
            return;
        }
        for (LineageLink link : links.readers(tx, artifact, MOST_READERS)) {
            if (way.size() >= MOST_STEPS) {
                return;
            }
            var outputs = links.of(tx, link.run(), link.step(), link.itemNumber(), LineageLink.Role.OUTPUT);
            way.add(new Stop(depth, link, outputs));
            outputs.forEach(output -> forth(tx, output.artifact(), depth + 1, way, seen));
        }
    }
}
