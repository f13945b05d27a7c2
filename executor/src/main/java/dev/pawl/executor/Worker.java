package dev.pawl.executor;

import dev.pawl.executor.Commands.Started;
import dev.pawl.executor.Program.JavaCall;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A JVM that runs Java steps, one at a time, by the worker protocol (docs/reference/step-contract.md). It ends by itself when its server is gone.
 * For use by one thread at a time, but {@link #end} may come from any.
 */
final class Worker {
    /** After a step's reply its output is on its way already. */
    private static final Duration LAST_OUTPUT = Duration.ofSeconds(1);

    private final WorkerKey key;
    private final Commands commands;
    private final Process process;
    private final ProcessTree tree;
    private final Started started;
    private final Path folder;
    private final WorkerOutput output;
    private final WorkerReplies replies;
    private final Thread pump;
    private long faultsOfChildren;
    private int uses;
    private boolean faulty;

    /** @param process that has just been started */
    Worker(WorkerKey key, Commands commands, Process process, Mark mark, Path folder, Sink untilTheFirstStep) {
        this.key = key;
        this.commands = commands;
        this.process = process;
        this.folder = folder;
        this.tree = ProcessTree.of(process.toHandle(), mark);
        this.started = tree.started(commands.clock().now());
        this.output = new WorkerOutput(untilTheFirstStep);
        this.replies = new WorkerReplies(process.getInputStream());
        this.pump = Commands.pump("worker-output", process.getErrorStream(), output);
    }

    WorkerKey key() {
        return key;
    }

    Started started() {
        return started;
    }

    int uses() {
        return uses;
    }

    /** Whether another step may run here. */
    boolean isUsable() {
        return !faulty && !key.observed() && process.isAlive() && !replies.hasMore();
    }

    /** What it says next; empty if nothing in time. */
    Optional<WorkerReply> next(Duration atMost) throws InterruptedException {
        return replies.next(atMost);
    }

    /** Runs one step to its end. Interrupting the thread ends the worker. */
    Ending call(Execution execution, JavaCall call, StepLog log) throws InterruptedException {
        uses++;
        faulty = true;
        long from = commands.clock().nanos();
        CountDownLatch complete = output.begin(log);
        try {
            ask(execution, call);
            return new WorkerCall(this, execution.limits(), log, from).await(complete);
        } catch (InterruptedException e) {
            kill();
            throw e;
        } finally {
            output.cut();
        }
    }

    /** What a step did was within the rules: the worker may go on, unless something of the step still runs. */
    void goOn() {
        faulty = tree.hasChildren() || (hasHadChildren() && tree.hasLeftBehind());
    }

    /** What a step started may have started something itself, and ended. */
    private boolean hasHadChildren() {
        long faults = ProcessTable.read(started.pid())
                .map(ProcessTable.Entry::faultsOfChildren)
                .orElse(0L);
        boolean more = faults != faultsOfChildren;
        faultsOfChildren = faults;
        return more;
    }

    boolean awaitOutput(CountDownLatch complete) throws InterruptedException {
        return complete.await(LAST_OUTPUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Its exit code, once its pipes are closed. A JVM that closed them and lives is ended. */
    int awaitExit() throws InterruptedException {
        if (!process.waitFor(commands.grace().toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
        }
        tree.endLeftBehind();
        pump.join(LAST_OUTPUT);
        return Commands.exit(process);
    }

    /** Asks the JVM to end, and ends it if it does not, with all that it started. */
    void kill() {
        tree.end(commands.grace());
    }

    /** Ends a worker that has no step: by itself when nothing more can come, unless something else would be left behind. */
    void end() {
        if (!tree.hasChildren()) {
            closeRequests();
            ProcessTree.await(List.of(process.toHandle()), commands.grace());
        }
        if (ProcessTree.lives(process.toHandle())) {
            kill();
        }
        tree.endLeftBehind();
        Folders.delete(folder);
    }

    Duration cpuTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    long nanos() {
        return commands.clock().nanos();
    }

    private void closeRequests() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // it is gone already
        }
    }

    private void ask(Execution execution, JavaCall call) {
        Map<String, Object> request = new TreeMap<>(Map.of(
                "call", execution.call(),
                "class", call.className(),
                "method", call.method(),
                "secrets", execution.secrets()));
        if (execution.observed()) {
            Stream<Path> own = Stream.concat(Stream.of(execution.folder(), folder), call.jars().stream());
            request.put("observe", Map.of("places", commands.readable(own).texts()));
        }
        try {
            OutputStream in = process.getOutputStream();
            in.write((Json.write(request) + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
        } catch (IOException e) {
            throw PawlException.external(
                    "worker-gone", "The worker JVM %d ended before the step began: %s".formatted(started.pid(), e), e);
        }
    }
}
