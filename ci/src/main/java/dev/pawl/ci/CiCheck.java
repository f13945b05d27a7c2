package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One check of a CI run. What was not reached has none.
 *
 * @param summary one or a few lines for people
 * @param evidence what the verdict rests on, such as every test
 * @param log the artifact with what the check's command printed
 */
public record CiCheck(
        String name,
        State state,
        String summary,
        Map<String, Object> evidence,
        Optional<Digest> log,
        Instant startedAt,
        Optional<Instant> finishedAt) {

    /** How far a check is. */
    public enum State {
        RUNNING,
        PASSED,
        FAILED,
        /** Its CI run was ended meanwhile. */
        CANCELLED
    }

    // The names are part of the API: facts carry them.
    static final String CHECKOUT = "checkout";
    static final String DEFINITION = "definition";
    static final String BUILD = "build";
    static final String UNIT = "unit";
    static final String PACKAGE = "package";
    static final String CONVERGENCE = "convergence";
    static final String CONTRACT = "contract";
    static final String NUMERIC = "numeric";
    static final String DIFFERENCE = "difference";
    static final String INTEGRATION = "integration";

    private static final String OWN = "own.";

    /** What one of the project's own has written for people, by path. */
    public SortedMap<String, Digest> files() {
        SortedMap<String, Digest> files = new TreeMap<>();
        if (isOwn(name) && evidence.get("files") instanceof Map<?, ?> written) {
            written.forEach((path, digest) -> files.put(String.valueOf(path), new Digest(String.valueOf(digest))));
        }
        return files;
    }

    /** Whether it is one that the project brings itself. */
    public static boolean isOwn(String check) {
        return check.startsWith(OWN);
    }

    /** What turned down a commit that CI itself could not check. */
    static final String CI = "ci";
}
