package dev.pawl.ci;

import dev.pawl.definition.CommandPlan;
import dev.pawl.definition.Definition.Container;
import dev.pawl.executor.CommandContainer;
import dev.pawl.executor.Commands;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Folders;
import dev.pawl.executor.Image;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    private final Workshop shop;
    private final Store store;
    private final CiStore runs = new CiStore();
    private final Commands commands;
    private final Executor executor;
    private final CiRunId run;
    private final Path folder;
    private final Path rooms;
    private final CommandWatch.Bounds bounds;

    /** What they see besides the checkout, their home and their temporary files, and the variables that say where. */
    private final List<Path> places;

    private final Map<String, String> variables;

    /** @param folder of the attempt, which gets their files for the time being as well */
    BuildCommands(Workshop shop, CiRunId run, Path folder) {
        this(shop, run, folder, folder);
    }

    /**
     * With a home of its own.
     *
     * @param rooms a folder in that of the attempt
     */
    BuildCommands(Workshop shop, CiRunId run, Path folder, Path rooms) {
        this(shop, run, folder, rooms, List.of(), Map.of());
    }

    private BuildCommands(
            Workshop shop, CiRunId run, Path folder, Path rooms, List<Path> places, Map<String, String> variables) {
        this.shop = shop;
        this.store = shop.store();
        this.commands = shop.commands();
        this.executor = shop.executor();
        this.bounds = shop.bounds();
        this.run = run;
        this.folder = folder;
        this.rooms = rooms;
        this.places = places;
        this.variables = variables;
    }

    /**
     * The same for a command that is told more.
     *
     * @param place a folder that it may see and write into
     * @param told variables besides those that every command of CI has
     */
    BuildCommands with(Path place, Map<String, String> told) {
        return new BuildCommands(shop, run, folder, rooms, List.of(place), told);
    }

    /** @param ended why it was ended, if it was not its time that was over */
    record Ran(Commands.Result result, Optional<String> ended) {}

    /** Ends what an attempt that was cut short left running. */
    void endLeftBehind() {
        store.database().read(tx -> runs.process(tx, run)).ifPresent(commands::kill);
    }

    Ran run(String line, Path source, CommandPlan plan, Path log, Duration limit) throws InterruptedException {
        var command = Commands.Command.shell(SAME_RIGHTS + line, source, environment(), log, limit);
        var within = bounds.withMemory(plan.memoryBytes());
        try (CommandWatch watch = new CommandWatch(store.clock(), commands, folder, within)) {
            Commands.Result result = run(command, plan, process -> {
                record(process);
                watch.began(process);
            });
            return new Ran(result, watch.ended());
        }
    }

    private Commands.Result run(Commands.Command command, CommandPlan plan, Consumer<Commands.Started> known)
            throws InterruptedException {
        if (plan.container().isPresent()) {
            Container container = plan.container().get();
            // Not the folder of the attempt, where this server writes logs: a link there would lead it out.
            List<Path> seen = new ArrayList<>(List.of(command.folder(), home(), temporary()));
            seen.addAll(places);
            var image = new Image(container.image(), container.network());
            return executor.run(command, new CommandContainer(image, seen, plan.memoryBytes()), known::accept);
        }
        return plan.python().isPresent()
                ? executor.run(command, command.folder().resolve(plan.python().get()), known::accept)
                : commands.run(command, known);
    }

    /** What a command leaves in its home goes with the attempt. */
    private Map<String, String> environment() {
        Map<String, String> all = new TreeMap<>(variables);
        all.putAll(Map.of(
                "CI", "true", "HOME", home().toString(), "TMPDIR", temporary().toString()));
        return all;
    }

    Path home() {
        return Folders.make(rooms.resolve("home"));
    }

    private Path temporary() {
        return Folders.make(rooms.resolve("tmp"));
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
