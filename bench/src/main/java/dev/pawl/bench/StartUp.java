package dev.pawl.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long {@code pawl up} takes until it answers, on a fresh folder and on a used one, and what it then weighs. */
final class StartUp implements Benchmark {
    private static final int TIMES = 5;

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
        try (ServerProcess server = ServerProcess.start(root, folder, List.of())) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("folder", kind);
            row.put("seconds", Benchmark.round(server.answers()));
            row.put("rss_mib", Benchmark.round(server.residentMiB()));
            return row;
        }
    }
}
