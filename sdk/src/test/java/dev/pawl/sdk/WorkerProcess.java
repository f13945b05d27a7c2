package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A real worker, as Pawl starts it: replies on descriptor 3, all that is printed on another pipe. */
final class WorkerProcess implements AutoCloseable {
    private static final String MARKER = "\0pawl-end-of-step\n";

    private final Process process;
    private final Writer requests;
    private final BufferedReader replies;
    private final LinkedBlockingQueue<String> logs = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> rest;

    WorkerProcess(String... javaOptions) throws IOException {
        List<String> line = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 3>&1 1>&2", "sh"));
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of(javaOptions));
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.pawl.sdk.WorkerMain"));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("PAWL_REPLIES", "/dev/fd/3");
        this.process = builder.start();
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.replies = process.inputReader(StandardCharsets.UTF_8);
        this.rest = CompletableFuture.supplyAsync(this::cut);
    }

    /** The next reply; null at their end. */
    @Nullable
    String reply() throws IOException {
        return replies.readLine();
    }

    void ask(String request) throws IOException {
        requests.write(request + "\n");
        requests.flush();
    }

    /** Asks for a step of {@link Mischief} and gives the reply. */
    @Nullable
    String run(Map<String, Object> call, String method) throws IOException {
        ask(Json.write(Map.of(
                "call",
                call,
                "class",
                Mischief.class.getName(),
                "method",
                method,
                "secrets",
                Map.of("password", "s3cret"))));
        return reply();
    }

    /** What the step printed, up to the marker. */
    String log() throws InterruptedException {
        String log = logs.poll(30, TimeUnit.SECONDS);
        assertThat(log).as("a log that ends with the marker").isNotNull();
        return String.valueOf(log);
    }

    /** What was printed after the last marker, once the worker is gone. */
    String rest() {
        return rest.orTimeout(30, TimeUnit.SECONDS).join();
    }

    int exit() throws InterruptedException {
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    void endRequests() throws IOException {
        requests.close();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String cut() {
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        try (InputStream log = process.getErrorStream()) {
            for (int next = log.read(); next >= 0; next = log.read()) {
                open.write(next);
                if (next == '\n' && open.toString(StandardCharsets.UTF_8).endsWith(MARKER)) {
                    String text = open.toString(StandardCharsets.UTF_8);
                    logs.add(text.substring(0, text.length() - MARKER.length()));
                    open.reset();
                }
            }
        } catch (IOException e) {
            open.writeBytes(e.toString().getBytes(StandardCharsets.UTF_8));
        }
        return open.toString(StandardCharsets.UTF_8);
    }
}
