package dev.pawl.app;

import dev.pawl.ci.ModelTrials;
import dev.pawl.kernel.PawlException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A process that serves a model, and what it says on its standard output, which it keeps open: at first its address, then an answer to each
 * line that it is given.
 *
 * @param place its own folder
 */
record ModelProcess(Process process, BufferedReader said, Path place) {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    static ModelProcess of(Process process, Path place) {
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return new ModelProcess(process, said, place);
    }

    /** What it answers to a line. */
    String ask(String line) throws InterruptedException {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw PawlException.external(ModelTrials.ENDED, "An instance of a model has ended: " + e, e);
        }
        return line().orElseThrow(
                        () -> PawlException.user(ModelTrials.ENDED, "the process that was to serve it ended"));
    }

    /**
     * The next line, or nothing if the process has ended. Read on a thread of its own, as a read of a pipe cannot be interrupted: whoever
     * waits ends the process, and with it the read.
     */
    Optional<String> line() throws InterruptedException {
        var line = new CompletableFuture<Optional<String>>();
        Thread.ofPlatform().daemon().name("model-process-output").start(() -> line.complete(read()));
        try {
            return line.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException _) {
            process.destroyForcibly();
            return Optional.empty();
        }
    }

    private Optional<String> read() {
        try {
            return Optional.ofNullable(said.readLine());
        } catch (IOException _) {
            return Optional.empty(); // it was ended meanwhile
        }
    }

    void end() {
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
