package dev.pawl.ci;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Runs the commands of one CI run in its checkout. Their processes are known durably, so that none outlives its server. */
final class BuildCommands {
    private static final double NANOS = 1e9;

    /** Archives hold the rights of files: with those of whoever started the server, no two machines would build the same jar. */
    private static final String SAME_RIGHTS = "umask 022\n";

    private final Store store;
    private final CiStore runs = new CiStore();
    private final Commands commands;
    private final Executor executor;
    private final CiRunId run;
    private final Path folder;
    private final CommandWatch.Bounds bounds;

    /** @param folder of the attempt, which gets their files for the time being as well */
    BuildCommands(Workshop shop, CiRunId run, Path folder) {
        this.store = shop.store();
        this.commands = shop.commands();
        this.executor = shop.executor();
        this.bounds = shop.bounds();
        this.run = run;
        this.folder = folder;
    }

    /** @param ended why it was ended, if it was not its time that was over */
    record Ran(Commands.Result result, Optional<String> ended) {}

    /** Ends what an attempt that was cut short left running. */
    void endLeftBehind() {
        store.database().read(tx -> runs.process(tx, run)).ifPresent(commands::kill);
    }

    /** @param python a file of the folder, of which the command's Python environment is made */
    Ran run(String line, Path source, Optional<String> python, Path log, Duration limit) throws InterruptedException {
        return run(line, source, python, log, limit, Map.of());
    }

    /** @param variables besides those that every command of CI has */
    Ran run(String line, Path source, Optional<String> python, Path log, Duration limit, Map<String, String> variables)
            throws InterruptedException {
        Map<String, String> environment = new TreeMap<>(environment());
        environment.putAll(variables);
        var command = Commands.Command.shell(SAME_RIGHTS + line, source, environment, log, limit);
        try (CommandWatch watch = new CommandWatch(store.clock(), commands, folder, bounds)) {
            Consumer<Commands.Started> known = process -> {
                record(process);
                watch.began(process);
            };
            Commands.Result result = python.isPresent()
                    ? executor.run(command, source.resolve(python.get()), known::accept)
                    : commands.run(command, known);
            return new Ran(result, watch.ended());
        }
    }

    /** What a command leaves in its home goes with the attempt. */
    private Map<String, String> environment() {
        Path home = Folders.make(folder.resolve("home"));
        Path temporary = Folders.make(folder.resolve("tmp"));
        return Map.of("CI", "true", "HOME", home.toString(), "TMPDIR", temporary.toString());
    }

    /** Knows the process of the run that is under way, for the case that this server dies before it. */
    void record(Commands.Started process) {
        store.database().change(tx -> runs.process(tx, run, process));
    }

    /** How it ended, as a finding with the log kept. */
    Finding finding(Ran ran, Path log, String what, Duration limit, String key) {
        if (ran.ended().isPresent()) {
            return Finding.failed(what + " " + ran.ended().get() + tail(ran.result()))
                    .withLog(kept(log));
        }
        Commands.Result result = ran.result();
        String summary = result.timedOut()
                ? "%s took longer than %s and was ended; %s in pawl.yaml is the limit%s"
                        .formatted(what, text(limit), key, tail(result))
                : result.exit() != 0
                        ? "%s ended with exit code %d%s".formatted(what, result.exit(), tail(result))
                        : "%s took %s".formatted(what, text(result.took()));
        return new Finding(result.succeeded(), summary, Map.of("exit", result.exit()), Optional.empty())
                .withLog(kept(log));
    }

    /** A command that printed nothing has made no log. */
    private Digest kept(Path log) {
        return Files.exists(log)
                ? store.artifacts().put(log)
                : store.artifacts().putText("");
    }

    static String tail(Commands.Result result) {
        return result.tail().isBlank() ? "; it printed nothing" : "; its last lines:\n" + result.tail();
    }

    static String text(Duration duration) {
        double seconds = duration.toNanos() / NANOS;
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart());
    }
}
