package dev.pawl.executor;

import dev.pawl.executor.Commands.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The limits of a command, which the system holds for each of its processes.
 *
 * <p>Memory is the data a process may write to itself (RLIMIT_DATA), not its addresses (RLIMIT_AS): numpy, Java or Go set aside addresses by
 * the gigabyte and use little of them.
 */
record ProcessLimits(Limits limits) {
    private static final int KIB = 1024;

    /** Between the signal that says that the CPU time is over (a program may still say so) and the one that ends it. */
    private static final int SECONDS_TO_END = 2;

    /** 128 + SIGXCPU. */
    private static final int CPU_TIME_OVER = 152;

    private static final Pattern CPU_WORDS = Pattern.compile("CPU time limit exceeded", Pattern.CASE_INSENSITIVE);
    private static final Pattern MEMORY_WORDS = Pattern.compile(
            "MemoryError|out ?of ?memory|(unable|cannot|failed) to allocate|cannot allocate memory|memory allocation"
                    + "|bad_alloc|insufficient memory|memory exhausted",
            Pattern.CASE_INSENSITIVE);

    /** The command line that runs another one within the limits; where the system has none of the kind it runs without. */
    List<String> around(List<String> line) {
        if (limits.memoryBytes() == 0 && limits.cpuTime().isEmpty()) {
            return line;
        }
        List<String> limited = new ArrayList<>(List.of("sh", "-c", script() + "exec \"$@\"", "sh"));
        limited.addAll(line);
        return limited;
    }

    /** Says in the log which limit the command seems to have reached. */
    void explain(Result result, StepLog log) {
        if (result.exit() == 0) {
            return;
        }
        if (limits.cpuTime().isPresent() && isCpuTimeOver(result)) {
            log.say("a process reached the CPU time limit of "
                    + limits.cpuTime().get());
        }
        if (limits.memoryBytes() > 0 && MEMORY_WORDS.matcher(result.tail()).find()) {
            log.say("a process seems to have reached the memory limit of " + MemoryText.of(limits.memoryBytes()));
        }
    }

    private String script() {
        StringBuilder script = new StringBuilder();
        if (limits.memoryBytes() > 0) {
            script.append("ulimit -d %d 2>/dev/null; ".formatted(Math.max(1, limits.memoryBytes() / KIB)));
        }
        limits.cpuTime().ifPresent(time -> {
            String[] softAndHard = cpuSeconds(time).split(":");
            script.append(
                    "ulimit -S -t %s 2>/dev/null; ulimit -H -t %s 2>/dev/null; ".formatted((Object[]) softAndHard));
        });
        return script.toString();
    }

    /** For the signal that says so and for the one that ends the process, in whole seconds. */
    static String cpuSeconds(Duration time) {
        long seconds = Math.max(1, time.plusMillis(999).toSeconds());
        return seconds + ":" + (seconds + SECONDS_TO_END);
    }

    private static boolean isCpuTimeOver(Result result) {
        return result.exit() == CPU_TIME_OVER
                || CPU_WORDS.matcher(result.tail()).find();
    }
}
