package dev.pawl.app;

import dev.pawl.delivery.Instance;
import dev.pawl.delivery.Instances;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Starts a model version as {@code pawl serve-model} in a process of its own that ends with this one. */
final class ProcessInstances implements Instances {
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
                launched -> new InferenceInstance(version, launched.address(), launched.process()::end, store.clock()));
    }

    /** The same for models that are tried one after the other. */
    ServedInTurn startInTurn(ModelVersion version, Digest artifact) throws InterruptedException {
        return launch(
                version,
                artifact,
                List.of("--in-turn"),
                launched -> new ServedInTurn(launched, version, store.artifacts(), store.clock()));
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
            return started(version, ModelProcess.of(process, place), log, use);
        } catch (IOException e) {
            throw PawlException.external(
                    "instance-not-started", "Cannot start an instance of " + version + ": " + e, e);
        }
    }

    private static <T> T started(ModelVersion version, ModelProcess process, Path log, Function<Launched, T> use)
            throws IOException, InterruptedException {
        boolean answers = false;
        try {
            T used = use.apply(new Launched(process, address(process, version, log)));
            answers = true;
            return used;
        } finally {
            if (!answers) {
                process.end();
            }
        }
    }

    /** A process that has said where it answers. */
    record Launched(ModelProcess process, String address) {}

    private static String address(ModelProcess process, ModelVersion version, Path log)
            throws IOException, InterruptedException {
        Optional<String> line = process.line();
        if (line.isEmpty()) {
            process.process().waitFor(1, TimeUnit.SECONDS);
            String said = Files.readString(log);
            throw PawlException.user(
                    "instance-not-started",
                    "An instance of " + version + " did not start: "
                            + said.substring(Math.max(0, said.length() - MOST_LOG))
                                    .strip());
        }
        return line.get();
    }
}
