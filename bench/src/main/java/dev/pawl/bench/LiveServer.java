package dev.pawl.bench;

import dev.pawl.kernel.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A server that a short demo left running, with a deployed pipeline and a champion. */
final class LiveServer implements AutoCloseable {
    private final Path folder;
    private final JsonNode report;
    private final HttpClient http = HttpClient.newHttpClient();

    private LiveServer(Path folder, JsonNode report) {
        this.folder = folder;
        this.report = report;
    }

    static LiveServer afterDemo(Path root) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pawl-bench");
        Process demo = new ProcessBuilder(List.of(
                        root.resolve("pawl").toString(),
                        "demo",
                        "--keep",
                        "--json",
                        "--until",
                        "1972-12-31",
                        "--folder",
                        folder.resolve("demo").toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(demo.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (demo.waitFor() != 0) {
            throw new IOException("the demo failed:\n" + output);
        }
        return new LiveServer(folder, Json.tree(output.lines().toList().getLast()));
    }

    JsonNode report() {
        return report;
    }

    URI address(String path) {
        return URI.create(report.path("server").stringValue()).resolve(path);
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address(path)).build();
        return Json.tree(http.send(request, BodyHandlers.ofString()).body());
    }

    long pid() throws IOException {
        return Long.parseLong(
                Files.readString(folder.resolve("demo/server/lock")).strip());
    }

    @Override
    public void close() throws IOException {
        http.close();
        ProcessHandle.of(pid()).ifPresent(server -> {
            server.destroy();
            server.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        });
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
