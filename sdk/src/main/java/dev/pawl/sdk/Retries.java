package dev.pawl.sdk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a step that failed is tried again.
 *
 * @param on {@link #TIMEOUT} or full names of exceptions; all failures when empty
 */
record Retries(int attempts, String backoff, double factor, String longest, List<String> on) {
    static final String TIMEOUT = "timeout";
    private static final String USUAL_BACKOFF = "500ms";
    private static final String USUAL_LONGEST = "32s";
    private static final Retries NONE = new Retries(1, USUAL_BACKOFF, 2, USUAL_LONGEST, List.of());

    /** What the class says about it, if it says anything. */
    static Optional<Retries> of(Step rules) {
        Retries said = said(rules);
        return Optional.of(said).filter(retries -> !retries.equals(NONE));
    }

    static Retries said(Step rules) {
        List<String> on = new ArrayList<>();
        if (rules.retryOnTimeout()) {
            on.add(TIMEOUT);
        }
        Stream.of(rules.retryOn()).map(Class::getName).forEach(on::add);
        return new Retries(rules.attempts(), rules.backoff(), rules.factor(), rules.longest(), List.copyOf(on));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attempts", attempts);
        json.put("backoff", backoff);
        json.put("factor", factor);
        json.put("longest", longest);
        json.put("on", on);
        return json;
    }

    /**
     * The pause before the next attempt; empty when there is none.
     *
     * @param failures how many attempts have failed so far, at least 1
     */
    Optional<Duration> pause(int failures, List<String> exceptions) {
        boolean meant = on.isEmpty() || on.stream().anyMatch(exceptions::contains);
        return meant && failures < attempts ? Optional.of(pause(failures)) : Optional.empty();
    }

    private Duration pause(int failures) {
        double millis = millis(backoff) * Math.pow(factor, failures - 1);
        return Duration.ofMillis((long) Math.min(millis, millis(longest)));
    }

    private static double millis(String duration) {
        return Amounts.duration(duration).orElseThrow().toMillis();
    }
}
