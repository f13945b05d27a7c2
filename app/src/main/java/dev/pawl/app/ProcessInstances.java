package dev.pawl.app;

import dev.pawl.ci.ModelTrials;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

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
        return launch(
                version,
                artifact,
                List.of(),
                process -> new InferenceInstance(version, process.address(), process::end, store.clock()));
    }

    /** The same for models that are tried one after the other. */
    ServedInTurn startInTurn(ModelVersion version, Digest artifact) throws InterruptedException {
        return launch(
                version,
                artifact,
                List.of("--in-turn"),
                process -> new ServedInTurn(process, version, store.artifacts(), store.clock()));
    }

    private <T> T launch(ModelVersion version, Digest artifact, List<String> more, Function<Launched, T> use)
            throws InterruptedException {
        Path place = folder.resolve(store.ids().next());
        Path file = place.resolve("model.onnx");
        Path log = place.resolve("log.txt");
        store.artifacts().writeTo(artifact, file);
        List<String> line = new ArrayList<>(List.of(
                "serve-model",
                "--model",
                file.toString(),
                "--name",
                version.model().value(),
                "--number",
                "" + version.number(),
                "--parent",
                "" + ProcessHandle.current().pid()));
        line.addAll(more);
        try {
            Process process = new ProcessBuilder(OwnJvm.command(line))
                    .redirectError(log.toFile())
                    .start();
            return started(version, process, place, log, use);
        } catch (IOException e) {
            throw PawlException.external(
                    "instance-not-started", "Cannot start an instance of " + version + ": " + e, e);
        }
    }

    private static <T> T started(ModelVersion version, Process process, Path place, Path log, Function<Launched, T> use)
            throws IOException, InterruptedException {
        boolean answers = false;
        try {
            var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            T used = use.apply(new Launched(process, said, address(process, said, version, log), place));
            answers = true;
            return used;
        } finally {
            if (!answers) {
                end(process, place);
            }
        }
    }

    /**
     * A process that has said where it answers.
     *
     * @param said what it says further on
     * @param place its own folder
     */
    record Launched(Process process, BufferedReader said, String address, Path place) {
        /** What it answers to a line. */
        String ask(String line) {
            Thread limit = Thread.ofVirtual().start(() -> endAfter(process));
            try {
                process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                process.getOutputStream().flush();
                String answer = said.readLine();
                if (answer == null) {
                    throw PawlException.user(ModelTrials.ENDED, "the process that was to serve it ended");
                }
                return answer;
            } catch (IOException e) {
                throw PawlException.external(ModelTrials.ENDED, "An instance of a model has ended: " + e, e);
            } finally {
                limit.interrupt();
            }
        }

        void end() {
            ProcessInstances.end(process, place);
        }
    }

    private static String address(Process process, BufferedReader said, ModelVersion version, Path log)
            throws IOException, InterruptedException {
        Thread limit = Thread.ofVirtual().start(() -> endAfter(process));
        try {
            String line = said.readLine();
            if (line == null) {
                process.waitFor(1, TimeUnit.SECONDS);
                String why = Files.readString(log);
                throw PawlException.user(
                        "instance-not-started",
                        "An instance of " + version + " did not start: "
                                + why.substring(Math.max(0, why.length() - MOST_LOG))
                                        .strip());
            }
            return line;
        } finally {
            limit.interrupt();
        }
    }

    private static void endAfter(Process process) {
        try {
            if (!process.waitFor(START.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException started) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Process process, Path place) {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Folder.delete(place);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
