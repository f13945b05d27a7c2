package dev.pawl.app;

import dev.pawl.kernel.Clock;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** What the demo tells people while it works, and how long its phases took. */
final class DemoProgress {
    private static final double NANOS = 1e9;

    private final PrintWriter out;
    private final Clock clock;
    private final long begin;
    private final Map<String, Double> seconds = new LinkedHashMap<>();

    DemoProgress(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.begin = clock.nanos();
    }

    /** Does one phase, with its name before and its time after; an error says in which phase it was. */
    <T> T phase(String name, String what, Callable<T> work) throws Exception {
        line("%-7s %s".formatted(name, what));
        long from = clock.nanos();
        try {
            return work.call();
        } catch (Exception e) {
            line("%-7s FAILED".formatted(name));
            throw e;
        } finally {
            seconds.merge(name, (clock.nanos() - from) / NANOS, Double::sum);
        }
    }

    /** A phase whose time is known otherwise. */
    void took(String name, Duration duration) {
        seconds.put(name, duration.toMillis() / 1e3);
    }

    void detail(String text) {
        line("        " + text);
    }

    void line(String text) {
        out.printf("%6.1f s  %s%n", (clock.nanos() - begin) / NANOS, text);
        out.flush();
    }

    void plain(String text) {
        out.println(text);
        out.flush();
    }

    Map<String, Double> seconds() {
        Map<String, Double> rounded = new LinkedHashMap<>();
        seconds.forEach((name, value) -> rounded.put(name, Math.round(value * 1e3) / 1e3));
        return rounded;
    }

    double total() {
        return (clock.nanos() - begin) / NANOS;
    }
}
