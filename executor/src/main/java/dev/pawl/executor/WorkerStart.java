package dev.pawl.executor;

import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Starts workers. Safe for use by many threads. */
final class WorkerStart {
    static final String MAIN = "dev.pawl.sdk.WorkerMain";
    private static final int CONTRACT = 2;
    private static final Duration READY = Duration.ofSeconds(60);

    /** Its replies get a pipe of their own (3), and what it prints the pipe of errors (2): a step may print what it likes. */
    private static final String WITH_REPLIES = "exec \"$@\" 3>&1 1>&2";

    private final Commands commands;
    private final Path javaHome;
    private final String main;
    private final Path folder;
    private final Path own;
    private final Duration ready;

    /** @param folder in which each server has one, and each worker one in that */
    WorkerStart(Commands commands, Path javaHome, String main, Path folder) {
        this(commands, javaHome, main, folder, READY);
    }

    WorkerStart(Commands commands, Path javaHome, String main, Path folder, Duration ready) {
        this.commands = commands;
        this.javaHome = javaHome;
        this.main = main;
        this.folder = folder;
        this.own = folder.resolve(Ids.system().next());
        this.ready = ready;
    }

    /** Deletes the folders of workers that another server started here. */
    void deleteLeftovers() {
        if (Files.isDirectory(folder)) {
            Folders.entries(folder).stream().filter(entry -> !entry.equals(own)).forEach(Folders::delete);
        }
    }

    /** No more workers are started. */
    void close() {
        Folders.delete(own);
    }

    /** A worker that has said that it is ready. */
    Worker start(WorkerKey key) throws InterruptedException {
        Path its = Folders.make(own.resolve(Ids.system().next()));
        Answer.Text said = new Answer.Text();
        Worker worker = worker(key, its, said);
        boolean isReady = false;
        try {
            requireReady(worker, worker.next(ready), said);
            isReady = true;
            return worker;
        } finally {
            if (!isReady) {
                worker.kill();
                worker.end();
            }
        }
    }

    private Worker worker(WorkerKey key, Path its, Sink said) {
        List<String> line = new ArrayList<>(List.of("sh", "-c", WITH_REPLIES, "sh"));
        line.addAll(key.line(javaHome, main, its));
        Map<String, String> environment = new TreeMap<>(key.environment());
        environment.put("PAWL_REPLIES", "/dev/fd/3");
        Mark mark = commands.mark();
        try {
            Process process = commands.inOwnGroup(line, its, environment, mark).start();
            return new Worker(key, commands, process, mark, its, said);
        } catch (IOException e) {
            throw PawlException.external("worker-not-started", "Cannot start a worker JVM: " + e, e);
        }
    }

    private void requireReady(Worker worker, Optional<WorkerReply> reply, Answer.Text said)
            throws InterruptedException {
        switch (reply.orElse(new WorkerReply.Nonsense("nothing within " + ready))) {
            case WorkerReply.Ready ready -> requireContract(ready.contract());
            case WorkerReply.Gone _ ->
                throw notStarted("It ended with exit code " + worker.awaitExit(), said.toString());
            case WorkerReply.Nonsense(String text) -> throw notStarted("It said " + text.strip(), said.toString());
            case WorkerReply.Done done -> throw notStarted("It said " + done, said.toString());
        }
    }

    private static void requireContract(int contract) {
        if (contract != CONTRACT) {
            throw PawlException.user(
                    "wrong-sdk",
                    ("The package has a pawl-sdk that speaks contract %d, and this Pawl speaks %d:"
                                    + " build the package with the pawl-sdk of this version")
                            .formatted(contract, CONTRACT));
        }
    }

    private PawlException notStarted(String what, String said) {
        if (said.contains("ClassNotFoundException: " + main)) {
            return PawlException.user(
                    "no-sdk",
                    "The package has no pawl-sdk of this version among its jars: list it with the jars of the pipeline"
                            + " in pawl.yaml under ci.package");
        }
        return PawlException.external(
                "worker-not-started",
                "A worker JVM did not become ready. %s. It printed:%n%s".formatted(what, said),
                new IOException(what));
    }
}
