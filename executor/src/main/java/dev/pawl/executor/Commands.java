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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Runs commands that other people wrote, each in a process group of its own, with a stated environment, a bounded log and a
 * timeout. When a command is over, whatever it left running is ended too. Safe for use by many threads.
 *
 * <p>A command sees the variables given to it and {@code PATH}, {@code HOME}, {@code JAVA_HOME}, {@code LANG} and
 * {@value Mark#VARIABLE}; nothing else of the server's environment, which may hold secrets and would make results depend on the
 * machine.
 */
public final class Commands {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);
    private static final Duration LAST_ERRORS = Duration.ofSeconds(10);
    private static final int BUFFER = 8 * 1024;
    private static final int KILLED = 137;

    /** The command waits until its process is known durably: a server that dies before leaves nothing running. */
    private static final String WHEN_TOLD = "read -r go && exec \"$@\" </dev/null";

    private final Clock clock;
    private final Path javaHome;
    private final Duration grace;
    private final Optional<Marks> marks;
    private final Map<String, String> always = new TreeMap<>();
    private final List<String> ownGroup;
    private final String path;

    /** @param javaHome the JDK that commands find first */
    public Commands(Clock clock, Path javaHome) {
        this(clock, javaHome, GRACE);
    }

    Commands(Clock clock, Path javaHome, Duration grace) {
        this(clock, javaHome, grace, Optional.of(new Marks("")));
    }

    private Commands(Clock clock, Path javaHome, Duration grace, Optional<Marks> marks) {
        this.clock = clock;
        this.javaHome = javaHome;
        this.grace = grace;
        this.marks = marks;
        String machine = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        this.path = javaHome.resolve("bin") + File.pathSeparator + machine;
        always.put("PATH", path);
        always.put("HOME", System.getenv().getOrDefault("HOME", System.getProperty("user.home", "/")));
        always.put("JAVA_HOME", javaHome.toString());
        always.put("LANG", "C.UTF-8");
        this.ownGroup = has("setsid") ? List.of("setsid") : List.of();
    }

    /** The same, for a server that is the only one to use this folder: it finds what earlier ones left running. */
    public Commands of(Path folder) {
        return new Commands(clock, javaHome, grace, Optional.of(new Marks(folder.toString())));
    }

    /** The same, for programs that may leave something running. */
    Commands unmarked() {
        return new Commands(clock, javaHome, grace, Optional.empty());
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

        Command with(Map<String, String> variables) {
            return new Command(line, folder, variables, log, timeout);
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
        try (StepLog log = StepLog.to(command.log(), List.of())) {
            return run(command, log, started);
        }
    }

    /** @param log gets the output instead of the file that the command names */
    Result run(Command command, StepLog log, Consumer<Started> started) throws InterruptedException {
        return run(command, log, Optional.empty(), started);
    }

    /** @param errors gets the errors, which otherwise go where the output goes */
    Result run(Command command, StepLog log, Optional<Sink> errors, Consumer<Started> started)
            throws InterruptedException {
        long from = clock.nanos();
        Answer.Ended ended = execute(command, log, errors, started);
        Duration took = Duration.ofNanos(clock.nanos() - from);
        return new Result(ended.exit(), !ended.inTime(), took, log.tail());
    }

    /** What a program of the machine answers: its exit code and what it prints. */
    Answer ask(List<String> line, Path folder, Duration timeout) throws InterruptedException {
        return ask(line, folder, Map.of(), timeout);
    }

    Answer ask(List<String> line, Path folder, Map<String, String> environment, Duration timeout)
            throws InterruptedException {
        Answer.Text text = new Answer.Text();
        Command command = new Command(line, folder, environment, folder, timeout);
        Answer.Ended ended = execute(command, text, Optional.empty(), _ -> {});
        return new Answer(ended.exit(), ended.inTime(), text.toString());
    }

    private Answer.Ended execute(Command command, Sink output, Optional<Sink> errors, Consumer<Started> started)
            throws InterruptedException {
        Mark mark = mark();
        Process process = start(command, errors.isEmpty(), mark);
        Thread pump = pump("command-output", process.getInputStream(), output);
        Optional<Thread> other = errors.map(sink -> pump("command-errors", process.getErrorStream(), sink));
        boolean inTime = await(process, mark, command, started);
        pump.join(LAST_OUTPUT);
        if (other.isPresent()) {
            other.get().join(LAST_ERRORS);
        }
        return new Answer.Ended(exit(process), inTime);
    }

    /** Of one that was killed; the system may still be about to bury it. */
    static int exit(Process process) throws InterruptedException {
        return process.waitFor(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : KILLED;
    }

    /** Ends a process with all that it started, if it is still the one that is meant. */
    public void kill(Started process) {
        kill(List.of(process));
    }

    /** The same for many together. */
    void kill(Collection<Started> processes) {
        ProcessTree.end(
                processes.stream()
                        .flatMap(process -> ProcessTree.find(process).stream())
                        .toList(),
                grace);
    }

    /** Ends what earlier servers of this folder left running, also where its first process has ended. */
    public void endLeftovers() {
        List<ProcessHandle> left = marks.map(Marks::leftovers).orElse(List.of());
        left.forEach(ProcessHandle::destroy);
        ProcessTree.await(left, grace);
        left = marks.map(Marks::leftovers).orElse(List.of());
        left.forEach(ProcessHandle::destroyForcibly);
        ProcessTree.await(left, grace);
    }

    private boolean await(Process process, Mark mark, Command command, Consumer<Started> started)
            throws InterruptedException {
        ProcessTree tree = ProcessTree.of(process.toHandle(), mark);
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

    private Process start(Command command, boolean together, Mark mark) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", WHEN_TOLD, "sh"));
        line.addAll(command.line());
        try {
            return inOwnGroup(line, command.folder(), command.environment(), mark)
                    .redirectErrorStream(together)
                    .start();
        } catch (IOException e) {
            throw PawlException.external(
                    "command-not-started",
                    "Cannot start '%s' in %s: %s".formatted(String.join(" ", command.line()), command.folder(), e),
                    e);
        }
    }

    Mark mark() {
        return marks.map(Marks::next).orElse(Mark.NONE);
    }

    /** A process to be started that leads a group and sees this environment only. */
    ProcessBuilder inOwnGroup(List<String> line, Path folder, Map<String, String> environment, Mark mark) {
        List<String> grouped = new ArrayList<>(ownGroup);
        grouped.addAll(line);
        ProcessBuilder builder = new ProcessBuilder(grouped).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(always);
        builder.environment().putAll(environment);
        if (!mark.equals(Mark.NONE)) {
            builder.environment().put(Mark.VARIABLE, mark.value());
        }
        return builder;
    }

    Clock clock() {
        return clock;
    }

    /** How long a process that was asked to end is given. */
    Duration grace() {
        return grace;
    }

    ReadablePlaces readable(Stream<Path> own) {
        return new ReadablePlaces(Path.of(always.getOrDefault("HOME", "/")), Stream.concat(Stream.of(javaHome), own));
    }

    /** Where commands are looked for. */
    String path() {
        return path;
    }

    boolean has(String program) {
        return Stream.of(path.split(File.pathSeparator))
                .anyMatch(folder -> !folder.isEmpty() && Files.isExecutable(Path.of(folder, program)));
    }

    private static void tellToGo(Process process) {
        try (OutputStream in = process.getOutputStream()) {
            in.write('\n');
        } catch (IOException _) {
            // it has ended already, which its exit code tells
        }
    }

    /** Platform threads: a read of a pipe would hold on to the few that carry virtual ones. */
    static Thread pump(String name, InputStream output, Sink log) {
        return Thread.ofPlatform().daemon().name(name).start(() -> {
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
}
