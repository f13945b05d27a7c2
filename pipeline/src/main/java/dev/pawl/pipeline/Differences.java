package dev.pawl.pipeline;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * In what a run differs from an earlier one that it should be the same as.
 *
 * @param equal whether both ended in the same way and gave the same outputs and metrics
 * @param state how each ended, if differently
 * @param outputs artifacts that differ, or that only one has
 * @param metrics whose values differ, or that only one has
 * @param keys what went into a step that differs, in words: a secret may have a new value
 * @param environment of what the attempts ran on, what differs; that is no difference of the runs, but may explain one
 */
public record Differences(
        boolean equal,
        RunId before,
        RunId now,
        Optional<Pair<RunState>> state,
        List<Output> outputs,
        List<Metric> metrics,
        List<String> keys,
        Map<String, Pair<Set<String>>> environment) {

    /** What it was and what it is. */
    public record Pair<T>(T before, T now) {}

    public record Output(String name, Optional<Digest> before, Optional<Digest> now) {}

    /**
     * @param before the last value that was reported
     * @param largest of the differences at any position, where both have a value
     */
    public record Metric(String name, Optional<Double> before, Optional<Double> now, double largest) {}

    public static Differences between(Runs runs, RunId before, RunId now) {
        RunState was = runs.run(before).state();
        RunState is = runs.run(now).state();
        var state = was == is ? Optional.<Pair<RunState>>empty() : Optional.of(new Pair<>(was, is));
        List<Output> outputs = outputs(outputs(runs.steps(before)), outputs(runs.steps(now)));
        List<Metric> metrics = metrics(series(runs.metrics(before)), series(runs.metrics(now)));
        return new Differences(
                state.isEmpty() && outputs.isEmpty() && metrics.isEmpty(),
                before,
                now,
                state,
                outputs,
                metrics,
                keys(runs.steps(before), runs.steps(now)),
                environment(attempts(runs, before), attempts(runs, now)));
    }

    private static Map<String, Digest> outputs(List<RunStep> steps) {
        Map<String, Digest> outputs = new LinkedHashMap<>();
        steps.forEach(step -> step.outputs().forEach((name, digest) -> outputs.put(step.name() + "." + name, digest)));
        return outputs;
    }

    private static List<Output> outputs(Map<String, Digest> before, Map<String, Digest> now) {
        return names(before, now).stream()
                .map(name ->
                        new Output(name, Optional.ofNullable(before.get(name)), Optional.ofNullable(now.get(name))))
                .filter(output -> !output.before().equals(output.now()))
                .toList();
    }

    /** By name, the values by position. */
    private static Map<String, Map<Long, Double>> series(List<MetricPoint> points) {
        Map<String, Map<Long, Double>> series = new LinkedHashMap<>();
        points.forEach(point -> series.computeIfAbsent(point.step() + "." + point.name(), _ -> new TreeMap<>())
                .put(point.position(), point.value()));
        return series;
    }

    private static List<Metric> metrics(Map<String, Map<Long, Double>> before, Map<String, Map<Long, Double>> now) {
        return names(before, now).stream()
                .filter(name -> !Optional.ofNullable(before.get(name)).equals(Optional.ofNullable(now.get(name))))
                .map(name -> metric(name, before.getOrDefault(name, Map.of()), now.getOrDefault(name, Map.of())))
                .toList();
    }

    private static Metric metric(String name, Map<Long, Double> before, Map<Long, Double> now) {
        double largest = before.entrySet().stream()
                .filter(point -> now.containsKey(point.getKey()))
                .mapToDouble(point -> Math.abs(point.getValue() - now.getOrDefault(point.getKey(), Double.NaN)))
                .max()
                .orElse(0);
        return new Metric(name, last(before), last(now), largest);
    }

    private static Optional<Double> last(Map<Long, Double> series) {
        return series.values().stream().reduce((_, later) -> later);
    }

    private static List<String> keys(List<RunStep> before, List<RunStep> now) {
        List<String> differences = new ArrayList<>();
        for (RunStep step : now) {
            before.stream()
                    .filter(other -> other.name().equals(step.name()))
                    .findFirst()
                    .flatMap(RunStep::keyParts)
                    .flatMap(was -> step.keyParts().map(is -> CacheKeyDifference.between(was, is)))
                    .stream()
                    .flatMap(List::stream)
                    .forEach(text -> differences.add("step '" + step.name() + "': " + text));
        }
        return List.copyOf(differences);
    }

    /** Of a step that came from the cache, those of the run that made it. */
    private static List<RunAttempt> attempts(Runs runs, RunId run) {
        return runs.steps(run).stream()
                .flatMap(step -> runs.attempts(step.cachedFrom().orElse(run), step.name()).stream())
                .toList();
    }

    private static Map<String, Pair<Set<String>>> environment(List<RunAttempt> before, List<RunAttempt> now) {
        Map<String, Function<RunAttempt, String>> parts = new LinkedHashMap<>();
        parts.put("executor", RunAttempt::executor);
        parts.put("host", RunAttempt::host);
        parts.put("jdk", RunAttempt::jdk);
        parts.put("system", RunAttempt::system);
        Map<String, Pair<Set<String>>> differences = new LinkedHashMap<>();
        parts.forEach((name, part) -> {
            Pair<Set<String>> pair = new Pair<>(all(before, part), all(now, part));
            if (!pair.before().equals(pair.now())) {
                differences.put(name, pair);
            }
        });
        return differences;
    }

    private static Set<String> all(List<RunAttempt> attempts, Function<RunAttempt, String> part) {
        Set<String> all = new TreeSet<>();
        attempts.forEach(attempt -> all.add(part.apply(attempt)));
        return all;
    }

    private static <T> Set<String> names(Map<String, T> before, Map<String, T> now) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(now.keySet());
        return names;
    }
}
