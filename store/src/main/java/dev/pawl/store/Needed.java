package dev.pawl.store;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is needed, each with the first reason that was given for it. Belongs to one thread. */
public final class Needed {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    private final Set<RunId> going;
    private final Map<Digest, String> artifacts = new HashMap<>();
    private final Map<RunId, String> runs = new HashMap<>();

    /** @param going runs that are about to be deleted: what only they need is not needed */
    public Needed(Set<RunId> going) {
        this.going = going;
    }

    public boolean isGoing(RunId run) {
        return going.contains(run);
    }

    public void artifact(Digest artifact, String why) {
        artifacts.putIfAbsent(artifact, why);
    }

    /** All digests that a text names: one that is no artifact's does no harm. */
    public void text(String text, String why) {
        Matcher found = DIGEST.matcher(text);
        while (found.find()) {
            artifact(new Digest(found.group()), why);
        }
    }

    /** All digests in the texts that a query gives as {@code named}. */
    public void texts(Tx tx, String query, String why) {
        tx.list(row -> row.text("named"), query).forEach(named -> text(named, why));
    }

    /** All runs that a query gives as {@code run}. */
    public void runs(Tx tx, String query, String why) {
        tx.list(row -> row.id("run", RunId::new), query).forEach(run -> run(run, why));
    }

    public void run(RunId run, String why) {
        runs.putIfAbsent(run, why);
    }

    public Map<Digest, String> artifacts() {
        return Collections.unmodifiableMap(artifacts);
    }

    public Map<RunId, String> runs() {
        return Collections.unmodifiableMap(runs);
    }
}
