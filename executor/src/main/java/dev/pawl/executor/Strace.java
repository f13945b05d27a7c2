package dev.pawl.executor;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells what files a command and all that it starts open, and what they connect to, by the program {@code strace}. It stays beside the command,
 * which keeps its process, group and exit code. Safe for use by many threads.
 */
final class Strace {
    private static final String NAME = "strace";
    private static final Duration LONGEST_TRY = Duration.ofSeconds(30);

    /** The trace has a pipe of its own (3), and errors go where the output goes. */
    private static final String WITH_TRACE = "exec \"$@\" 3>&2 2>&1";

    /** The command itself does not have that pipe. */
    private static final String WITHOUT_TRACE = "exec \"$@\" 3>&-";

    /**
     * Detached, so that the command is the process that was started; whole lines, with the real paths of what was opened. What a system
     * does not have ({@code ?}) is left out.
     */
    private static final List<String> OPTIONS = List.of(
            "-D",
            "-f",
            "-y",
            "-qq",
            "-e",
            "signal=none",
            "-e",
            "status=successful,failed",
            "-e",
            "trace=?open,openat,?openat2,connect,bind,execve");

    /** Other system calls run at full speed. */
    private static final String FAST = "--seccomp-bpf";

    private final Commands commands;
    private Optional<Use> use = Optional.empty();

    Strace(Commands commands) {
        this.commands = commands;
    }

    /** Whether it can be used here. */
    sealed interface Use {
        /** @param line the program with its options */
        record Works(List<String> line) implements Use {
            List<String> around(List<String> command) {
                List<String> traced = new ArrayList<>(List.of("sh", "-c", WITH_TRACE, "sh"));
                traced.addAll(line);
                traced.addAll(List.of("-o", "/dev/fd/3", "sh", "-c", WITHOUT_TRACE, "sh"));
                traced.addAll(command);
                return traced;
            }
        }

        record Fails(String why) implements Use {}
    }

    /** Tried once: systems may have it and forbid it. */
    synchronized Use use(Path folder) throws InterruptedException {
        if (use.isEmpty()) {
            use = Optional.of(tried(folder));
        }
        return use.get();
    }

    private Use tried(Path folder) throws InterruptedException {
        if (!commands.has(NAME)) {
            return new Use.Fails(NAME + " is not installed");
        }
        Answer fast = tried(line(List.of(FAST)), folder);
        if (fast.isGood()) {
            return new Use.Works(line(List.of(FAST)));
        }
        Answer plain = tried(line(List.of()), folder);
        return plain.isGood()
                ? new Use.Works(line(List.of()))
                : new Use.Fails(NAME + " does not work here: "
                        + plain.text().lines().findFirst().orElse("exit code " + plain.exit()));
    }

    private Answer tried(List<String> line, Path folder) throws InterruptedException {
        List<String> whole = new ArrayList<>(line);
        whole.addAll(List.of("-o", "/dev/null", "true"));
        return commands.ask(whole, folder, LONGEST_TRY);
    }

    private static List<String> line(List<String> more) {
        List<String> line = new ArrayList<>(List.of(NAME));
        line.addAll(OPTIONS);
        line.addAll(more);
        return line;
    }
}
