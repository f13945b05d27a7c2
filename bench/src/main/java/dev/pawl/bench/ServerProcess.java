package dev.pawl.bench;

import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@code pawl up} in a process of its own.
 *
 * @param answers seconds from the start of the process until it said where it answers
 */
record ServerProcess(Process process, URI address, double answers) implements AutoCloseable {
    private static final Duration LONGEST = Duration.ofMinutes(3);

    static ServerProcess start(Path root, Path folder, List<String> options) throws IOException, InterruptedException {
        Clock clock = Clock.system();
        Path address = folder.resolve("address");
        Files.deleteIfExists(address);
        List<String> command = new ArrayList<>(
                List.of(root.resolve("pawl").toString(), "up", "--port", "0", "--folder", folder.toString()));
        command.addAll(options);
        long from = clock.nanos();
        Process server = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        while (!Files.exists(address)) {
            if (!server.isAlive() || clock.nanos() - from > LONGEST.toNanos()) {
                server.destroyForcibly();
                throw new IOException("the server did not start");
            }
            clock.sleep(Duration.ofMillis(2));
        }
        return new ServerProcess(server, URI.create(Files.readString(address)), (clock.nanos() - from) / 1e9);
    }

    double residentMiB() throws IOException {
        return memoryMiB(process.pid(), "VmRSS");
    }

    double peakMiB() throws IOException {
        return memoryMiB(process.pid(), "VmHWM");
    }

    /** From now on the peak is that of what comes. */
    void forgetPeak() throws IOException {
        Files.writeString(Path.of("/proc/" + process.pid() + "/clear_refs"), "5");
    }

    /** Of all its threads so far. */
    double processorSeconds() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
    }

    /** Lets the server collect all that it does not need any more. */
    void collectGarbage() throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    /** As Linux tells it. */
    static double memoryMiB(long pid, String kind) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(kind + ":"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1).limit(1))
                .mapToDouble(kib -> Long.parseLong(kib) / 1024.0)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Nothing is put in order: what the server's steps do goes on without it. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS).join();
    }
}
