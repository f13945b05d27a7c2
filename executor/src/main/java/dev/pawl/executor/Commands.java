package dev.pawl.executor;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs commands that other people wrote, each in a process group of its own, with a stated environment, a bounded log and a
 * timeout. When a command is over, whatever it left running is ended too. Safe for use by many threads.
 *
 * <p>A command sees the variables given to it and {@code PATH}, {@code HOME}, {@code JAVA_HOME} and {@code LANG}; nothing
 * else of the server's environment, which may hold secrets and would make results depend on the machine.
 */
public final class Commands {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);
    private static final int BUFFER = 8 * 1024;

    /** The command waits until its process is known durably: a server that dies before leaves nothing running. */
    private static final String WHEN_TOLD = "read -r go && exec \"$@\" </dev/null";

    private final Clock clock;
    private final Duration grace;
    private final Map<String, String> always = new TreeMap<>();
    private final List<String> ownGroup;

    /** @param javaHome the JDK that commands find first */
    public Commands(Clock clock, Path javaHome) {
        this(clock, javaHome, GRACE);
    }

    Commands(Clock clock, Path javaHome, Duration grace) {
        this.clock = clock;
        this.grace = grace;
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        always.put("PATH", javaHome.resolve("bin") + File.pathSeparator + path);
        always.put("HOME", System.getenv().getOrDefault("HOME", System.getProperty("user.home", "/")));
        always.put("JAVA_HOME", javaHome.toString());
        always.put("LANG", "C.UTF-8");
        this.ownGroup = isOnPath(path, "setsid") ? List.of("setsid") : List.of();
    }

    /**
     * What to run.
     *
     * @param line the program and its arguments
     * @param folder where it runs
     * @param environment its variables, besides the four that every command has
     * @param log the file that gets its output and errors, up to a few MiB: of more than that, the beginning and the end
     * @param timeout after which the whole process tree is ended
     */
    public record Command(List<String> line, Path folder, Map<String, String> environment, Path log, Duration timeout) {
        /** A command line as one would type it, by {@code sh -c}. */
        public static Command shell(
                String script, Path folder, Map<String, String> environment, Path log, Duration timeout) {
            return new Command(List.of("sh", "-c", script), folder, environment, log, timeout);
        }
    }

    /**
     * How it ended.
     *
     * @param exit 0 is success; 128 + n means signal n
     * @param tail the last lines of the log
     */
    public record Result(int exit, boolean timedOut, Duration took, String tail) {
        public boolean succeeded() {
            return exit == 0 && !timedOut;
        }
    }

    /** A process; its start tells it from a later one with the same number. */
    public record Started(long pid, Instant at) {}

    public Result run(Command command) throws InterruptedException {
        return run(command, _ -> {});
    }

    /**
     * Runs a command to its end. Interrupting the calling thread ends the command first.
     *
     * @param started learns of the process before the command begins; the command never begins if it throws
     */
    public Result run(Command command, Consumer<Started> started) throws InterruptedException {
        long from = clock.nanos();
        Process process = start(command);
        try (BoundedLog log = BoundedLog.to(command.log())) {
            Thread pump = pump(process.getInputStream(), log);
            boolean inTime = await(process, command, started);
            pump.join(LAST_OUTPUT);
            Duration took = Duration.ofNanos(clock.nanos() - from);
            return new Result(process.exitValue(), !inTime, took, log.tail());
        }
    }

    /** Ends a process with all that it started, if it is still the one that is meant. */
    public void kill(Started process) {
        ProcessTree.find(process).ifPresent(tree -> tree.end(grace));
    }

    private boolean await(Process process, Command command, Consumer<Started> started) throws InterruptedException {
        ProcessTree tree = new ProcessTree(process.toHandle());
        boolean over = false;
        try {
            started.accept(tree.started(clock.now()));
            tellToGo(process);
            over = process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return over;
        } finally {
            if (over) {
                tree.endLeftBehind();
            } else {
                tree.end(grace);
            }
        }
    }

    private Process start(Command command) {
        List<String> line = new ArrayList<>(ownGroup);
        line.addAll(List.of("sh", "-c", WHEN_TOLD, "sh"));
        line.addAll(command.line());
        ProcessBuilder builder =
                new ProcessBuilder(line).directory(command.folder().toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(always);
        builder.environment().putAll(command.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw PawlException.external(
                    "command-not-started",
                    "Cannot start '%s' in %s: %s".formatted(String.join(" ", command.line()), command.folder(), e),
                    e);
        }
    }

    private static void tellToGo(Process process) {
        try (OutputStream in = process.getOutputStream()) {
            in.write('\n');
        } catch (IOException _) {
            // it has ended already, which its exit code tells
        }
    }

    /** Platform threads: a read of a pipe would hold on to the few that carry virtual ones. */
    private static Thread pump(InputStream output, BoundedLog log) {
        return Thread.ofPlatform().daemon().name("command-output").start(() -> {
            byte[] buffer = new byte[BUFFER];
            try (output) {
                for (int n = output.read(buffer); n >= 0; n = output.read(buffer)) {
                    log.write(buffer, n);
                }
            } catch (IOException _) {
                // the pipe was closed with the process
            }
        });
    }

    private static boolean isOnPath(String path, String program) {
        return List.of(path.split(File.pathSeparator)).stream()
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
    }
}
