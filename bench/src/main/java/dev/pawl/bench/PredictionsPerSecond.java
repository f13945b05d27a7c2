package dev.pawl.bench;

import dev.pawl.kernel.Clock;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/** Durable predictions over the protocol, one row each, by clients on the same machine that wait for every answer. */
final class PredictionsPerSecond implements Benchmark {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration LASTING = Duration.ofSeconds(10);
    private static final int[] CLIENTS = {1, 8, 32, 64};

    @Override
    public String what() {
        return "logged predictions per second and latency, by number of clients (same machine), and resident memory";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        try (LiveServer server = LiveServer.afterDemo(root);
                HttpClient http = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build()) {
            HttpRequest request = request(server);
            measure(http, request, 16, WARM_UP);
            List<Map<String, Object>> rows = new ArrayList<>();
            for (int clients : CLIENTS) {
                Map<String, Object> row = measure(http, request, clients, LASTING);
                row.put("server_rss_mib", Benchmark.round(ServerProcess.memoryMiB(server.pid(), "VmRSS")));
                rows.add(row);
            }
            return rows;
        }
    }

    private static HttpRequest request(LiveServer server) throws Exception {
        JsonNode metadata = server.get("v2/models/births");
        int width = metadata.path("properties").path("features").stringValue().split(",", -1).length;
        String data = String.join(",", Collections.nCopies(width, "1.5"));
        String body =
                "{\"parameters\":{\"event_time\":\"1999-01-01\"},\"inputs\":[{\"name\":\"features\",\"shape\":[1,%d],"
                                .formatted(width)
                        + "\"datatype\":\"FP32\",\"data\":[" + data + "]}]}";
        return HttpRequest.newBuilder(server.address("v2/models/births/infer"))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static Map<String, Object> measure(HttpClient http, HttpRequest request, int clients, Duration lasting)
            throws Exception {
        long end = Clock.system().nanos() + lasting.toNanos();
        List<Callable<List<Long>>> callers = Collections.nCopies(clients, () -> call(http, request, end));
        List<Long> nanos = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<List<Long>> caller : pool.invokeAll(callers)) {
                nanos.addAll(caller.get());
            }
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("clients", clients);
        row.put("predictions", sorted.length);
        row.put("per_second", Benchmark.round(sorted.length / (double) lasting.toSeconds()));
        row.put("p50_ms", Benchmark.round(sorted[sorted.length / 2] / 1e6));
        row.put("p99_ms", Benchmark.round(sorted[(int) (sorted.length * 0.99)] / 1e6));
        row.put("max_ms", Benchmark.round(Arrays.stream(sorted).max().orElse(0) / 1e6));
        return row;
    }

    private static List<Long> call(HttpClient http, HttpRequest request, long end) throws Exception {
        List<Long> nanos = new ArrayList<>();
        for (long from = Clock.system().nanos();
                from < end;
                from = Clock.system().nanos()) {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException("a prediction was answered with " + status);
            }
            nanos.add(Clock.system().nanos() - from);
        }
        return nanos;
    }
}
