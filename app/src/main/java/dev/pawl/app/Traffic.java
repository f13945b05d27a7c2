package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Runs the example's own application, which asks for forecasts and later says what came true. */
final class Traffic {
    private static final String MAIN = "example.births.Traffic";

    private Traffic() {}

    static void replay(Path project, String server, LocalDate from, LocalDate to, DemoProgress progress)
            throws IOException, InterruptedException {
        Path log = project.resolveSibling("traffic.log");
        Process process = start(project, server, from, to, log);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode told = Json.tree(line);
                progress.detail("replayed to %s: %d predictions, %d labels"
                        .formatted(
                                told.path("date").asString(),
                                told.path("predictions").asInt(),
                                told.path("labels").asInt()));
            }
            if (process.waitFor() != 0) {
                throw PawlException.external(
                        "demo-failed",
                        "The application that asks for forecasts failed:\n" + Files.readString(log),
                        new IOException(MAIN));
            }
        } finally {
            process.destroy();
        }
    }

    private static Process start(Path project, String server, LocalDate from, LocalDate to, Path log)
            throws IOException {
        return new ProcessBuilder(List.of(
                        OwnJvm.javaHome().resolve("bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        "target/births-1.jar:target/lib/*",
                        MAIN,
                        "--url",
                        server,
                        "--data",
                        "data/births.csv",
                        "--from",
                        from.toString(),
                        "--to",
                        to.toString()))
                .directory(project.toFile())
                .redirectError(log.toFile())
                .start();
    }
}
