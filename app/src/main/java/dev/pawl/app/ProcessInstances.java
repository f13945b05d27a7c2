package dev.pawl.app;

import dev.pawl.delivery.Instance;
import dev.pawl.delivery.Instances;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts a model version as {@code pawl serve-model} in a process of its own that ends with this one. */
final class ProcessInstances implements Instances {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int MOST_LOG = 4_000;

    private final Store store;
    private final Path folder;

    ProcessInstances(Store store, Path folder) {
        this.store = store;
        this.folder = folder;
        if (Files.exists(folder)) {
            Folder.delete(folder); // what a killed server left; its instances ended with it
        }
    }

    @Override
    public Instance start(ModelVersion version, Digest artifact) throws InterruptedException {
        Path place = folder.resolve(store.ids().next());
        Path file = place.resolve("model.onnx");
        Path log = place.resolve("log.txt");
        store.artifacts().writeTo(artifact, file);
        try {
            Process process = new ProcessBuilder(OwnJvm.command(List.of(
                            "serve-model",
                            "--model",
                            file.toString(),
                            "--name",
                            version.model().value(),
                            "--number",
                            "" + version.number(),
                            "--parent",
                            "" + ProcessHandle.current().pid())))
                    .redirectError(log.toFile())
                    .start();
            return started(version, process, place, log);
        } catch (IOException e) {
            throw PawlException.external(
                    "instance-not-started", "Cannot start an instance of " + version + ": " + e, e);
        }
    }

    private Instance started(ModelVersion version, Process process, Path place, Path log)
            throws IOException, InterruptedException {
        boolean answers = false;
        try {
            Instance instance = new InferenceInstance(
                    version, address(process, version, log), () -> end(process, place), store.clock());
            answers = true;
            return instance;
        } finally {
            if (!answers) {
                end(process, place);
            }
        }
    }

    private static String address(Process process, ModelVersion version, Path log)
            throws IOException, InterruptedException {
        Optional<String> line = firstLine(process);
        if (line.isEmpty()) {
            process.waitFor(1, TimeUnit.SECONDS);
            String said = Files.readString(log);
            throw PawlException.user(
                    "instance-not-started",
                    "An instance of " + version + " did not start: "
                            + said.substring(Math.max(0, said.length() - MOST_LOG))
                                    .strip());
        }
        return line.get();
    }

    /** On a thread of its own, as a read of a pipe cannot be interrupted: whoever waits ends the process, and with it the read. */
    private static Optional<String> firstLine(Process process) throws InterruptedException {
        var line = new CompletableFuture<Optional<String>>();
        Thread.ofPlatform().daemon().name("instance-output").start(() -> line.complete(readLine(process)));
        try {
            return line.get(START.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException _) {
            process.destroyForcibly();
            return Optional.empty();
        }
    }

    /** The process keeps its standard output open; what is read ahead is at most its one line. */
    private static Optional<String> readLine(Process process) {
        try {
            return Optional.ofNullable(
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                            .readLine());
        } catch (IOException _) {
            return Optional.empty(); // it was ended meanwhile
        }
    }

    private static void end(Process process, Path place) {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } finally {
            Folder.delete(place);
        }
    }
}
