package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A Pawl server as a process of its own, as {@code pawl up} starts it. */
final class DemoServer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Process process;
    private final String address;

    private DemoServer(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts a server on a folder and waits until it answers.
     *
     * @param port 0 for any that is free
     * @param dieWithUs whether the server ends when this process does
     */
    static DemoServer start(Path folder, int port, boolean dieWithUs, Clock clock)
            throws IOException, InterruptedException {
        return start(folder, port, dieWithUs, List.of(), clock);
    }

    static DemoServer start(Path folder, int port, boolean dieWithUs, List<String> more, Clock clock)
            throws IOException, InterruptedException {
        return start(folder, port, dieWithUs, more, Map.of(), clock);
    }

    /**
     * @param more arguments of {@code pawl up}
     * @param environment variables that it gets besides ours
     */
    static DemoServer start(
            Path folder, int port, boolean dieWithUs, List<String> more, Map<String, String> environment, Clock clock)
            throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path announced = folder.resolve(UpCommand.ADDRESS_FILE);
        Files.deleteIfExists(announced);
        Path log = folder.resolve("server.log");
        List<String> arguments = new ArrayList<>(List.of("up", "--folder", folder.toString(), "--port", "" + port));
        if (dieWithUs) {
            arguments.addAll(List.of("--parent", "" + ProcessHandle.current().pid()));
        }
        arguments.addAll(more);
        ProcessBuilder builder = new ProcessBuilder(OwnJvm.command(arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Instant end = clock.now().plus(START);
        while (!Files.exists(announced)) {
            if (!process.isAlive() || clock.now().isAfter(end)) {
                process.destroyForcibly();
                throw PawlException.external(
                        "server-not-started",
                        "The server did not start:\n" + Files.readString(log),
                        new IOException(log.toString()));
            }
            clock.sleep(POLL);
        }
        return new DemoServer(process, Files.readString(announced).strip());
    }

    String address() {
        return address;
    }

    long pid() {
        return process.pid();
    }

    /** As a power cut would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
