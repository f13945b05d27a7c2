package dev.pawl.bench;

import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** How long {@code pawl up} takes until it answers, on a fresh folder and on a used one, and what it then weighs. */
final class StartUp implements Benchmark {
    private static final int TIMES = 5;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    @Override
    public String what() {
        return "seconds from 'pawl up' to the first answer, and resident memory";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        Path folder = Files.createTempDirectory("pawl-bench-start").resolve("server");
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            rows.add(start(root, folder, i == 0 ? "fresh" : "used"));
        }
        LiveServer.delete(folder);
        return rows;
    }

    private static Map<String, Object> start(Path root, Path folder, String kind)
            throws IOException, InterruptedException {
        Clock clock = Clock.system();
        Path address = folder.resolve("address");
        Files.deleteIfExists(address);
        long from = clock.nanos();
        Process server = new ProcessBuilder(
                        root.resolve("pawl").toString(), "up", "--port", "0", "--folder", folder.toString())
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
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("folder", kind);
        row.put("seconds", Benchmark.round((clock.nanos() - from) / 1e9));
        row.put("rss_mib", Benchmark.round(LiveServer.residentMiB(server.pid())));
        server.destroy();
        server.waitFor(20, TimeUnit.SECONDS);
        return row;
    }
}
