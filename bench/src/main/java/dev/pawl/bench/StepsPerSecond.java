package dev.pawl.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Steps that do nothing, each durable: what the engine costs by itself, and with a warm worker or a process for each step. */
final class StepsPerSecond implements Benchmark {
    /** JDBC URL of an empty PostgreSQL database, to be measured beside SQLite. */
    private static final String POSTGRES = "PAWL_BENCH_POSTGRES";

    private record Case(BenchEngine.Runs runs, BenchPipeline pipeline) {}

    @Override
    public String what() {
        return "no-op steps per second, durable, with SQLite and (" + POSTGRES + "=jdbc:postgresql:...) PostgreSQL";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.addAll(measure(Optional.empty()));
        Optional<String> postgres = Optional.ofNullable(System.getenv(POSTGRES));
        if (postgres.isPresent()) {
            rows.addAll(measure(postgres));
        }
        return rows;
    }

    private static List<Map<String, Object>> measure(Optional<String> postgres) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (BenchEngine.Runs runs : BenchEngine.Runs.values()) {
            try (BenchEngine engine = BenchEngine.open(postgres, runs)) {
                engine.seconds(BenchPipeline.sideBySide(100)); // warm-up
                for (BenchPipeline pipeline : pipelines(runs)) {
                    rows.add(row(postgres, new Case(runs, pipeline), engine.seconds(pipeline)));
                }
            }
        }
        return rows;
    }

    private static List<BenchPipeline> pipelines(BenchEngine.Runs runs) {
        return switch (runs) {
            case NOTHING ->
                List.of(
                        BenchPipeline.chain(200),
                        BenchPipeline.sideBySide(500),
                        BenchPipeline.fanOut(10),
                        BenchPipeline.fanOut(100),
                        BenchPipeline.fanOut(1_000),
                        BenchPipeline.fanOut(10_000));
            case WORKER -> List.of(BenchPipeline.sideBySide(500));
            case PROCESS -> List.of(BenchPipeline.chain(100), BenchPipeline.sideBySide(200));
        };
    }

    private static Map<String, Object> row(Optional<String> postgres, Case measured, double seconds) {
        int steps = measured.pipeline().steps();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("database", postgres.isPresent() ? "PostgreSQL" : "SQLite");
        row.put("runs", measured.runs().name().toLowerCase(Locale.ROOT));
        row.put("shape", measured.pipeline().shape());
        row.put("steps", steps);
        row.put("seconds", Benchmark.round(seconds));
        row.put("steps_per_second", Math.round(steps / seconds));
        row.put("ms_per_step", Benchmark.round(seconds * 1e3 / steps));
        return row;
    }
}
