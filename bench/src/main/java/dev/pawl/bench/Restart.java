package dev.pawl.bench;

import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A server that was killed in the middle of its work, with many open runs in its database, is started again. As many runs as the
 * engine has in memory are in the middle of a step, each a process; the others wait.
 */
final class Restart implements Benchmark {
    private static final String POSTGRES = "PAWL_BENCH_POSTGRES";
    private static final List<Integer> OPEN = List.of(1_000, 10_000);
    private static final int TIMES = 3;

    /** As many places as the engine holds runs in memory, so that all of these are interrupted in a step. */
    private static final int PLACES = 256;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final Clock clock = Clock.system();

    /** Seconds from the start of the process until it answers, begins the first step (and of processor time by then), and all; MiB. */
    private record Start(double answers, double first, double cpu, double all, double resident, double peak) {}

    @Override
    public String what() {
        return "seconds from the start of a killed server to its work, with many open runs, and its memory; SQLite and"
                + " (" + POSTGRES + ") PostgreSQL";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>(measure(root, Optional.empty()));
        Optional<String> postgres = Optional.ofNullable(System.getenv(POSTGRES));
        if (postgres.isPresent()) {
            rows.addAll(measure(root, postgres));
        }
        return rows;
    }

    private List<Map<String, Object>> measure(Path root, Optional<String> postgres) throws Exception {
        Path folder = Files.createTempDirectory("pawl-bench-restart");
        Path server = folder.resolve("server");
        List<String> options = new ArrayList<>(List.of("--pool", "default=" + PLACES));
        postgres.ifPresent(url -> options.addAll(List.of("--database", url)));
        List<Map<String, Object>> rows = new ArrayList<>();
        try (OpenRunsStore runs = new OpenRunsStore(server, folder.resolve("own"), postgres)) {
            for (int open : OPEN) {
                List<Start> starts = new ArrayList<>();
                for (int i = 0; i < TIMES; i++) {
                    // Those that were interrupted before make room for others: a step that is lost often is made later.
                    runs.cancelInterrupted();
                    runs.handIn(open - (int) runs.open());
                    startAndKill(root, server, options, runs);
                    starts.add(startAndKill(root, server, options, runs));
                }
                rows.add(row(postgres, open, starts));
            }
        } finally {
            // One that stops in order ends the steps that the last one left.
            ServerProcess.start(root, server, options).close();
        }
        LiveServer.delete(folder);
        return rows;
    }

    private Start startAndKill(Path root, Path folder, List<String> options, OpenRunsStore runs) throws Exception {
        Instant since = runs.now();
        long from = clock.nanos();
        try (ServerProcess server = ServerProcess.start(root, folder, options)) {
            ask(server);
            double answers = seconds(from);
            double first = whenUnderWay(1, runs, since, from);
            double cpu = server.processorSeconds();
            double all = whenUnderWay(PLACES, runs, since, from);
            server.collectGarbage();
            Start start = new Start(answers, first, cpu, all, server.residentMiB(), server.peakMiB());
            server.kill();
            return start;
        }
    }

    private static void ask(ServerProcess server) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI runs = server.address().resolve("/api/runs");
            int status = http.send(HttpRequest.newBuilder(runs).build(), BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IOException("the server answered " + status);
            }
        }
    }

    private double whenUnderWay(int attempts, OpenRunsStore runs, Instant since, long from) throws Exception {
        while (runs.underWay(since) < attempts) {
            if (clock.nanos() - from > LONGEST.toNanos()) {
                throw new IOException("only " + runs.underWay(since) + " attempts began");
            }
            clock.sleep(Duration.ofMillis(10));
        }
        return seconds(from);
    }

    private double seconds(long from) {
        return (clock.nanos() - from) / 1e9;
    }

    private static Map<String, Object> row(Optional<String> postgres, int open, List<Start> starts) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("database", postgres.isPresent() ? "PostgreSQL" : "SQLite");
        row.put("open_runs", open);
        row.put("answers_s", median(starts, Start::answers));
        row.put("first_step_s", median(starts, Start::first));
        row.put(
                "worst_s",
                Benchmark.round(starts.stream().mapToDouble(Start::first).max().orElseThrow()));
        row.put("cpu_s", median(starts, Start::cpu));
        row.put("all_256_s", median(starts, Start::all));
        row.put("rss_mib", median(starts, Start::resident));
        row.put("peak_mib", median(starts, Start::peak));
        return row;
    }

    private static double median(List<Start> starts, ToDoubleFunction<Start> figure) {
        return Benchmark.round(starts.stream().mapToDouble(figure).sorted().toArray()[starts.size() / 2]);
    }
}
