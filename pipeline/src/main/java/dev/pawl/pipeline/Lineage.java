package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.LineageLink.Role;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where artifacts come from and where they went, over all runs. Written with the state of the steps in one transaction, so that it is never
 * ahead of it nor behind. Safe for use by many threads.
 */
public final class Lineage {
    /** So many steps are followed at the most, in one direction. */
    public static final int MOST_STEPS = 1_000;

    private static final int MOST_READERS = 100;
    private static final Pattern PREFIX = Pattern.compile("(sha256:)?[0-9a-f]{4,64}");

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
            Way way = new Way(tx, Optional.empty());
            way.back(artifact, 0);
            return List.copyOf(way.stops);
        });
    }

    /** The way back, through what a run's own steps gave wherever they gave the same as others. */
    public List<Stop> back(Digest artifact, RunId run) {
        return store.database().read(tx -> {
            Way way = new Way(tx, Optional.of(run));
            way.back(artifact, 0);
            return List.copyOf(way.stops);
        });
    }

    /** The way forth: the steps that read the artifact, those that read what these gave, and so on. */
    public List<Stop> forth(Digest artifact) {
        return store.database().read(tx -> {
            Way way = new Way(tx, Optional.empty());
            way.forth(artifact, 0);
            return List.copyOf(way.stops);
        });
    }

    /** The way back from all that a run gave in the end: its own steps, and those of other runs that gave what it read. */
    public List<Stop> back(RunId run) {
        return store.database().read(tx -> {
            Way way = new Way(tx, Optional.of(run));
            results(links.of(tx, run)).forEach(artifact -> way.back(artifact, 0));
            return List.copyOf(way.stops);
        });
    }

    /** The way forth, into other runs, from all that a run gave. */
    public List<Stop> forth(RunId run) {
        return store.database().read(tx -> {
            Way way = new Way(tx, Optional.of(run));
            outputs(links.of(tx, run)).forEach(artifact -> way.forth(artifact, 0));
            return List.copyOf(way.stops);
        });
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

    private static List<Digest> outputs(List<LineageLink> all) {
        return all.stream()
                .filter(link -> link.role() == Role.OUTPUT && link.item().isEmpty())
                .map(LineageLink::artifact)
                .distinct()
                .toList();
    }

    /** What none of the run's steps has read. */
    private static List<Digest> results(List<LineageLink> all) {
        Set<Digest> read = all.stream()
                .filter(link -> link.role() == Role.INPUT)
                .map(LineageLink::artifact)
                .collect(Collectors.toSet());
        return outputs(all).stream()
                .filter(artifact -> !read.contains(artifact))
                .toList();
    }

    /** One search. Nothing is followed twice. */
    private final class Way {
        private final Tx tx;
        private final Optional<RunId> run;
        private final List<Stop> stops = new ArrayList<>();
        private final Set<Digest> seen = new HashSet<>();

        /** @param run going back, its steps stand for others that gave the same; going forth, they are left out */
        Way(Tx tx, Optional<RunId> run) {
            this.tx = tx;
            this.run = run;
        }

        void back(Digest artifact, int depth) {
            if (stops.size() >= MOST_STEPS || !seen.add(artifact)) {
                return;
            }
            maker(artifact).ifPresent(link -> {
                stops.add(new Stop(depth, link, of(link, link.itemNumber(), Role.INPUT)));
                whole(link, Role.INPUT).forEach(input -> back(input.artifact(), depth + 1));
            });
        }

        void forth(Digest artifact, int depth) {
            if (!seen.add(artifact)) {
                return;
            }
            for (LineageLink link : links.readers(tx, artifact, MOST_READERS)) {
                if (stops.size() >= MOST_STEPS) {
                    return;
                }
                if (run.filter(link.run()::equals).isEmpty()) {
                    stops.add(new Stop(depth, link, of(link, link.itemNumber(), Role.OUTPUT)));
                    whole(link, Role.OUTPUT).forEach(output -> forth(output.artifact(), depth + 1));
                }
            }
        }

        private Optional<LineageLink> maker(Digest artifact) {
            return run.flatMap(own -> links.maker(tx, artifact, own))
                    .or(() -> links.makers(tx, artifact, 1).stream().findFirst());
        }

        /** Of an item, what its step has as a whole: an element of a list is an artifact that no step gave by itself. */
        private List<LineageLink> whole(LineageLink link, Role role) {
            List<LineageLink> whole = of(link, StepKey.WHOLE, role);
            return whole.isEmpty() ? of(link, link.itemNumber(), role) : whole;
        }

        private List<LineageLink> of(LineageLink link, int item, Role role) {
            return links.of(tx, link.run(), link.step(), item, role);
        }
    }
}
