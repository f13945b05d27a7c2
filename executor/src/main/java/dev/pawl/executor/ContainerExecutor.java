package dev.pawl.executor;

import dev.pawl.executor.Commands.Command;
import dev.pawl.executor.Commands.Result;
import dev.pawl.executor.Program.CommandLine;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.Spans;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Runs commands in containers of the machine's container engine. Safe for use by many threads. */
final class ContainerExecutor {
    private static final Duration LONGEST_PULL = Duration.ofMinutes(30);
    private static final String PREFIX = "pawl-";
    private static final int KILLED = 137;

    private static final Duration LONGEST_CREATION = Duration.ofMinutes(5);

    /** What engines end with when the program did not begin; the program may end so itself. */
    private static final Set<Integer> MAYBE_NOT_BEGUN = Set.of(1, 125, 126, 127);

    /** How engines call the state of a container whose program did not begin. */
    private static final Set<String> NOT_BEGUN = Set.of("created", "initialized");

    /** It sees its folder and its image, and the network only where that is declared. */
    private static final Observed IN_A_CONTAINER = Observed.nothing(TracedReads.CLOCK);

    private static final Pattern CONTAINER_ID = Pattern.compile("[0-9a-f]{64}");

    private final Commands commands;
    private final ContainerSettings settings;

    /** Is there once a container was run, so that those who never use any do not wait for the engine. */
    private final Path folder;

    private final Set<String> running = ConcurrentHashMap.newKeySet();
    private Optional<ContainerEngine> engine = Optional.empty();

    ContainerExecutor(Commands commands, ContainerSettings settings, Path folder) {
        this.commands = commands;
        this.settings = settings;
        this.folder = folder;
    }

    Ending run(Execution execution, CommandLine line, Beginning beginning) throws InterruptedException {
        if (line.requirements().isPresent()) {
            throw PawlException.user(
                    "bad-step", "A step has both Python requirements and a container: install them in the image");
        }
        execution.layOut();
        try (StepLog log = execution.openLog()) {
            Result result = run(Contained.of(execution, line), log, beginning);
            Observed observed = execution.observed() ? IN_A_CONTAINER : Observed.NOT_ASKED;
            return new Ending(result.exit(), result.timedOut(), List.of(), result.took(), result.tail(), observed);
        }
    }

    /** A command that is no step. */
    Result run(Command command, CommandContainer container, Beginning beginning) throws InterruptedException {
        try (StepLog log = StepLog.to(command.log(), List.of())) {
            return run(Contained.of(command, container), log, beginning);
        }
    }

    private Result run(Contained contained, StepLog log, Beginning beginning) throws InterruptedException {
        Folders.make(folder);
        ContainerEngine found = engine().orElseThrow(() -> ContainerEngine.missing(settings));
        String name = PREFIX + Ids.system().next();
        running.add(name);
        boolean over = false;
        try {
            requireImage(found, contained, log);
            Result result = run(new ContainerLine(found, name, label(), contained), log, beginning);
            over = !result.timedOut() && result.exit() != KILLED;
            return result;
        } finally {
            remove(found, List.of(name), over);
            running.remove(name);
        }
    }

    /** Removes the containers that a server that died left in this folder's name. */
    void endLeftovers() throws InterruptedException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Optional<ContainerEngine> found = engine();
        if (found.isPresent()) {
            List<String> left = found.get()
                    .ask(commands, folder, "ps", "--all", "--filter", "label=" + label(), "--format", "{{.Names}}")
                    .text()
                    .lines()
                    .filter(name -> name.startsWith(PREFIX) && !running.contains(name))
                    .toList();
            if (!left.isEmpty()) {
                remove(found.get(), left, false);
            }
        }
    }

    private Result run(ContainerLine line, StepLog log, Beginning beginning) throws InterruptedException {
        create(line, log);
        Contained contained = line.contained();
        Limits limits = contained.limits();
        Command command =
                new Command(line.start(), folder, line.engine().variables(), contained.log(), limits.timeout());
        Result result = commands.run(command, log, beginning::began);
        if (!result.timedOut() && MAYBE_NOT_BEGUN.contains(result.exit())) {
            requireBegun(line, result);
        }
        explain(result, limits, log);
        return new Result(result.exit(), result.timedOut(), result.took(), log.tail());
    }

    /** Before it is started, and whole: what an engine's service is just making when its client is ended would be there afterwards. */
    private void create(ContainerLine line, StepLog log) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Answer answer = uninterrupted(() -> commands.ask(line.create(), folder, line.environment(), LONGEST_CREATION));
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!answer.isGood()) {
            throw notStarted(
                    line, answer.inTime() ? answer.text() : "it was not made within " + Spans.whole(LONGEST_CREATION));
        }
        answer.text()
                .lines()
                .filter(text -> !CONTAINER_ID.matcher(text).matches())
                .forEach(log::say);
    }

    private static void explain(Result result, Limits limits, StepLog log) {
        new ProcessLimits(limits).explain(result, log);
        if (result.exit() == KILLED && !result.timedOut() && limits.memoryBytes() > 0) {
            log.say("a process was killed, as the system does at the memory limit of "
                    + MemoryText.of(limits.memoryBytes()));
        }
    }

    private void requireBegun(ContainerLine line, Result result) throws InterruptedException {
        Answer state = line.engine().ask(commands, folder, "inspect", "--format", "{{.State.Status}}", line.name());
        String word = state.text().lines().reduce("", (_, last) -> last); // after warnings
        if (state.isGood() && NOT_BEGUN.contains(word)) {
            throw notStarted(line, result.tail());
        }
    }

    private static PawlException notStarted(ContainerLine line, String why) {
        String image = line.contained().image().reference();
        String text = "A container of %s did not start: %s".formatted(image, why);
        return why.contains("executable file")
                ? PawlException.user("image-without-sh", text + "\nIts image needs a 'sh' that runs the command")
                : PawlException.external("container-not-started", text, new IOException(text));
    }

    private void requireImage(ContainerEngine found, Contained contained, StepLog log) throws InterruptedException {
        String image = contained.image().reference();
        if (found.ask(commands, folder, "image", "inspect", "--format", "x", image)
                .isGood()) {
            return;
        }
        log.say("pulling " + image);
        Command pull = new Command(
                found.line(List.of("pull", image)), folder, found.variables(), contained.log(), LONGEST_PULL);
        Result result = commands.run(pull, log, _ -> {});
        if (!result.succeeded()) {
            String text =
                    "The image %s is not on this machine and could not be pulled: %s".formatted(image, result.tail());
            throw PawlException.external("no-image", text, new IOException(text));
        }
    }

    /** What cannot be removed now is when the server starts next time. */
    private void remove(ContainerEngine found, List<String> names, boolean over) {
        uninterrupted(() -> removeNow(found, names, over));
    }

    private interface Asking<T> {
        T ask() throws InterruptedException;
    }

    /** In a thread of its own, which nobody interrupts. */
    private static <T> T uninterrupted(Asking<T> asking) {
        FutureTask<T> task = new FutureTask<>(asking::ask);
        Thread.ofVirtual().name("container-engine").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Engines that remove what still runs ask it politely first, for long. */
    private boolean removeNow(ContainerEngine found, List<String> names, boolean over) throws InterruptedException {
        if (!over) {
            found.ask(commands, folder, with(names, "kill", "--signal=KILL"));
        }
        Answer removed = found.ask(commands, folder, with(names, "rm", "--force", "--volumes"));
        if (!removed.isGood()) {
            System.getLogger(ContainerExecutor.class.getName())
                    .log(Level.WARNING, "containers left behind: " + names + ": " + removed.text());
        }
        return removed.isGood();
    }

    private static String[] with(List<String> names, String... command) {
        return Stream.concat(Stream.of(command), names.stream()).toArray(String[]::new);
    }

    private synchronized Optional<ContainerEngine> engine() throws InterruptedException {
        if (engine.isEmpty()) {
            engine = ContainerEngine.find(commands, settings, folder);
        }
        return engine;
    }

    private String label() {
        return "dev.pawl.folder=" + folder;
    }
}
