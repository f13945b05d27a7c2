package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where artifacts come from and where they went, over all runs. Written with the state of the steps in one transaction, so that it is never
 * ahead of it nor behind. Safe for use by many threads.
 */
public final class Lineage {
    /** So many steps are followed at the most, in one direction. */
    public static final int MOST_STEPS = 1_000;

    static final int MOST_READERS = 100;
    private static final Pattern PREFIX = Pattern.compile("(sha256:)?[0-9a-f]{4,64}");

    private final Store store;
    private final LineageStore links = new LineageStore();

    private final Definitions definitions;

    public Lineage(Store store) {
        this.store = store;
        this.definitions = new Definitions(store.artifacts());
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
            WayBack way = new WayBack(tx, ties(tx), false);
            links.makers(tx, artifact, 1).forEach(way::follow);
            return way.stops();
        });
    }

    /** The way back through a run's own steps, of an artifact that one of them gave; else as if no run was named. */
    public List<Stop> back(Digest artifact, RunId run) {
        List<Stop> stops = store.database().read(tx -> {
            WayBack way = new WayBack(tx, ties(tx), true);
            links.lastMaker(tx, artifact, run).ifPresent(way::follow);
            return way.stops();
        });
        return stops.isEmpty() ? back(artifact) : stops;
    }

    /** The way forth: the steps that read the artifact, in whatever run, those that read what these gave, and so on. */
    public List<Stop> forth(Digest artifact) {
        return store.database().read(tx -> {
            WayForth way = new WayForth(tx, ties(tx));
            way.reachedBy(links.readers(tx, artifact, MOST_READERS), 0);
            return way.stops();
        });
    }

    /** The way back from all that a run gave in the end: its own steps, and those of other runs whose outputs it saw as data. */
    public List<Stop> back(RunId run) {
        return store.database().read(tx -> {
            Ties ties = ties(tx);
            WayBack way = new WayBack(tx, ties, true);
            ties.results(run).forEach(way::follow);
            return way.stops();
        });
    }

    /**
     * The way forth, into other runs, from all that a run gave: where they took it from the cache or from this run resumed, and where
     * they saw it as data and began after the step that gave it had ended. A run that made the same by itself used nothing of this one.
     */
    public List<Stop> forth(RunId run) {
        return store.database().read(tx -> {
            Ties ties = ties(tx);
            WayForth way = new WayForth(tx, ties);
            ties.outputs(run).forEach(way::leave);
            return way.stops();
        });
    }

    private Ties ties(Tx tx) {
        return new Ties(tx, definitions);
    }

    /** All that went through the steps of a run. */
    public List<LineageLink> of(RunId run) {
        return store.database().read(tx -> links.of(tx, run));
    }

    public static boolean looksLikeArtifact(String text) {
        return PREFIX.matcher(text).matches();
    }

    /**
     * The artifact whose digest begins so.
     *
     * @param prefix at least 4 of its hexadecimal digits, with or without {@code sha256:}
     * @throws PawlException if there is none, or more than one
     */
    public Digest artifact(String prefix) {
        String from = "sha256:" + prefix.replace("sha256:", "");
        List<Digest> found = store.database().read(tx -> links.between(tx, from, from + "g", 3));
        if (found.isEmpty()) {
            throw PawlException.notFound(
                    "no-artifact", "No step of a run has read or given an artifact '" + prefix + "'");
        }
        if (found.size() > 1) {
            throw PawlException.user(
                    "ambiguous-artifact",
                    "'%s' is the beginning of more than one artifact, for example %s; give more digits"
                            .formatted(prefix, found));
        }
        return found.getFirst();
    }
}
