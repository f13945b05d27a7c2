package dev.pawl.app;

import dev.pawl.definition.ProblemHint;
import dev.pawl.kernel.PawlException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a run can be asked for by name, in conditions and orders: {@code metric.[STEP.]NAME}, {@code param.[STEP.]NAME} and the
 * facts of the run itself, such as {@code state}.
 */
final class RunNames {
    private static final String METRIC = "metric.";
    private static final String PARAM = "param.";
    private static final double MILLIS = 1e3;

    private final Set<String> known = new TreeSet<>();

    /** @param runs the names that any of them has are known */
    RunNames(Collection<RunRow> runs) {
        for (RunRow run : runs) {
            known.addAll(facts(run).keySet());
            run.metrics().keySet().forEach(name -> know(METRIC, name));
            run.parameters().keySet().forEach(name -> know(PARAM, name));
        }
    }

    /** @throws PawlException {@code unknown-name} if no run has anything of this name */
    void require(String name) {
        require(name, " Text is written in quotes: '" + name + "'.");
    }

    private void require(String name, String advice) {
        if (!known.isEmpty() && !known.contains(name)) {
            throw PawlException.user(
                    "unknown-name",
                    "No run here has a '" + name + "'" + hint(name, advice)
                            + " Names are metric.[STEP.]NAME, param.[STEP.]NAME, state, run, started, ended, seconds,"
                            + " as-of, sample, commit and uncommitted.");
        }
    }

    private String hint(String name, String advice) {
        return Stream.of(METRIC, PARAM)
                .map(kind -> kind + name)
                .filter(known::contains)
                .findFirst()
                .map(meant -> "; did you mean '" + meant + "'?")
                .orElseGet(() -> {
                    String hint = ProblemHint.of(name, known);
                    return hint + (hint.endsWith("?") ? "" : ".") + advice;
                });
    }

    /** A number, text or truth value; empty if this run has none of this name. */
    static Optional<Object> value(RunRow run, String name) {
        if (name.startsWith(METRIC)) {
            return ofStep(run.metrics(), METRIC, name.substring(METRIC.length()));
        } else if (name.startsWith(PARAM)) {
            return ofStep(run.parameters(), PARAM, name.substring(PARAM.length()));
        }
        return Optional.ofNullable(facts(run).get(name));
    }

    /**
     * By one name after the other; a - before a name turns its order round. A run without a value comes last in any case.
     *
     * @param order names with commas between them
     */
    Comparator<RunRow> order(String order) {
        Comparator<RunRow> whole = (_, _) -> 0;
        for (String part : List.of(order.split(","))) {
            String name = part.strip();
            boolean down = name.startsWith("-");
            whole = whole.thenComparing(by(down ? name.substring(1) : name, down));
        }
        return whole;
    }

    private Comparator<RunRow> by(String name, boolean down) {
        require(name, "");
        Comparator<Object> up = RunNames::compare;
        Comparator<Object> turned = down ? up.reversed() : up;
        return (a, b) -> {
            Optional<Object> left = value(a, name);
            Optional<Object> right = value(b, name);
            return left.isPresent() && right.isPresent()
                    ? turned.compare(left.get(), right.get())
                    : Boolean.compare(left.isEmpty(), right.isEmpty());
        };
    }

    private static int compare(Object a, Object b) {
        return a instanceof Number left && b instanceof Number right
                ? Double.compare(left.doubleValue(), right.doubleValue())
                : a.toString().compareTo(b.toString());
    }

    private void know(String kind, String stepAndName) {
        known.add(kind + stepAndName);
        known.add(kind + stepAndName.substring(stepAndName.indexOf('.') + 1));
    }

    private static Optional<Object> ofStep(SortedMap<String, ?> values, String kind, String name) {
        Object exact = values.get(name);
        if (exact != null) {
            return Optional.of(exact);
        }
        Map<String, Object> found = values.entrySet().stream()
                .filter(entry -> entry.getKey()
                        .substring(entry.getKey().indexOf('.') + 1)
                        .equals(name))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, TreeMap::new));
        if (found.size() > 1) {
            throw PawlException.user(
                    "unclear-name",
                    "Several steps have a '%s'; write one of %s"
                            .formatted(
                                    kind + name,
                                    found.keySet().stream().map(kind::concat).collect(Collectors.joining(", "))));
        }
        return found.values().stream().findFirst();
    }

    private static SortedMap<String, Object> facts(RunRow run) {
        SortedMap<String, Object> facts = new TreeMap<>();
        facts.put("run", run.run().value());
        facts.put("state", run.state());
        facts.put("started", run.startedAt().toString());
        facts.put("as-of", run.asOf().toString());
        facts.put("uncommitted", run.changes().isPresent());
        run.endedAt().ifPresent(end -> facts.put("ended", end.toString()));
        run.took().map(Duration::toMillis).ifPresent(millis -> facts.put("seconds", millis / MILLIS));
        run.sample().ifPresent(rows -> facts.put("sample", rows));
        run.commit().ifPresent(commit -> facts.put("commit", commit));
        return facts;
    }
}
