package dev.pawl.bench;

import java.nio.file.Files;
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

    private static final int FILES = 2_000;
    private static final int WARM_UP = 50;
    private static final int FEW_STEPS = 2_000;
    private static final int STEPS_OF_WARM_UP = 100;

    private record Case(BenchEngine.Runs runs, BenchPipeline pipeline) {}

    @Override
    public String what() {
        return "no-op steps per second, durable, with SQLite and (" + POSTGRES + "=jdbc:postgresql:...) PostgreSQL";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        rows.add(files());
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
                warmUp(engine, runs);
                for (BenchPipeline pipeline : pipelines(runs)) {
                    rows.add(row(postgres, new Case(runs, pipeline), seconds(engine, pipeline)));
                }
            }
        }
        return rows;
    }

    /** What the disk takes to make a file and delete it: for steps that write files, the floor. */
    private static Map<String, Object> files() throws Exception {
        Path folder = Files.createTempDirectory("pawl-bench-files");
        long from = System.nanoTime();
        for (int i = 0; i < FILES; i++) {
            Files.delete(Files.writeString(folder.resolve("file" + i), "1\n"));
        }
        double seconds = (System.nanoTime() - from) / 1e9;
        Files.delete(folder);
        return row("none", "a file is made and deleted", "one by one", FILES, seconds);
    }

    /** A pipeline of few steps is over too soon to tell: the mean of several runs. */
    private static double seconds(BenchEngine engine, BenchPipeline pipeline) throws Exception {
        int times = Math.max(1, FEW_STEPS / pipeline.steps());
        double seconds = 0;
        for (int i = 0; i < times; i++) {
            seconds += engine.seconds(pipeline);
        }
        return seconds / times;
    }

    /** The compilers of a worker's JVM take some thousand steps. */
    private static void warmUp(BenchEngine engine, BenchEngine.Runs runs) throws Exception {
        int times = switch (runs) {
            case NOTHING, WORKER -> WARM_UP;
            case PROCESS -> 1;
        };
        for (int i = 0; i < times; i++) {
            engine.seconds(BenchPipeline.sideBySide(STEPS_OF_WARM_UP));
        }
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
        return row(
                postgres.isPresent() ? "PostgreSQL" : "SQLite",
                measured.runs().name().toLowerCase(Locale.ROOT),
                measured.pipeline().shape(),
                measured.pipeline().steps(),
                seconds);
    }

    private static Map<String, Object> row(String database, String runs, String shape, int steps, double seconds) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("database", database);
        row.put("runs", runs);
        row.put("shape", shape);
        row.put("steps", steps);
        row.put("seconds", Benchmark.round(seconds));
        row.put("steps_per_second", Math.round(steps / seconds));
        row.put("ms_per_step", Benchmark.round(seconds * 1e3 / steps));
        return row;
    }
}
