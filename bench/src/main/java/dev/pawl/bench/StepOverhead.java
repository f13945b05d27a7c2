package dev.pawl.bench;

import dev.pawl.executor.Ending;
import dev.pawl.executor.Execution;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Executors;
import dev.pawl.executor.Folders;
import dev.pawl.executor.Image;
import dev.pawl.executor.Limits;
import dev.pawl.executor.LocalSettings;
import dev.pawl.executor.Program;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.sdk.Step;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an executor takes to run nothing: no engine, no store, no inputs. */
final class StepOverhead implements Benchmark {
    /** An image on this machine that has a shell: {@code sha256:...}. */
    private static final String IMAGE = "PAWL_BENCH_IMAGE";

    private static final Clock CLOCK = Clock.system();
    private static final double NANOS_PER_MS = 1e6;
    private static final int COLD = 10;
    private static final int WARM_UP = 200;
    private static final int WARM = 5000;
    private static final int PROCESSES = 500;
    private static final int CONTAINERS = 20;

    @Override
    public String what() {
        return "milliseconds to run nothing in a worker JVM, a process and (" + IMAGE + "=sha256:...) a container";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        Path folder = Files.createTempDirectory("pawl-bench-overhead");
        LocalSettings settings = LocalSettings.ofThisMachine();
        try (Executor executor = Executors.local(CLOCK, settings, folder.resolve("executor"))) {
            return measure(executor, folder);
        } finally {
            LiveServer.delete(folder);
        }
    }

    private static List<Map<String, Object>> measure(Executor executor, Path folder) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        Program java = new Program.JavaCall(classPath(), Idle.class.getName(), "nothing");
        rows.add(row("worker, cold", times(executor, folder, java, COLD, true)));
        times(executor, folder, java, WARM_UP, false);
        rows.add(row("worker, warm", times(executor, folder, java, WARM, false)));
        rows.add(row("process", times(executor, folder, command(Optional.empty()), PROCESSES, false)));
        String image = System.getenv(IMAGE);
        if (image != null) {
            Program contained = command(Optional.of(new Image(image, false)));
            rows.add(row("container", times(executor, folder, contained, CONTAINERS, false)));
        }
        return rows;
    }

    private static Program command(Optional<Image> image) {
        return new Program.CommandLine(":", Optional.empty(), image);
    }

    /** In nanoseconds, the shortest first. */
    private static long[] times(Executor executor, Path folder, Program program, int times, boolean cold)
            throws Exception {
        long[] nanos = new long[times];
        for (int i = 0; i < times; i++) {
            Execution execution = execution(folder, program, cold ? i : 0);
            long from = CLOCK.nanos();
            Ending ending = executor.run(execution, _ -> {});
            nanos[i] = CLOCK.nanos() - from;
            if (!ending.succeeded()) {
                throw new IllegalStateException(ending.tail());
            }
            Folders.delete(execution.folder()); // if there is one
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static Map<String, Object> row(String where, long[] nanos) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("where", where);
        row.put("times", nanos.length);
        row.put("min_ms", Benchmark.round(nanos[0] / NANOS_PER_MS));
        row.put("p50_ms", Benchmark.round(nanos[nanos.length / 2] / NANOS_PER_MS));
        row.put("p99_ms", Benchmark.round(nanos[nanos.length * 99 / 100] / NANOS_PER_MS));
        row.put("max_ms", Benchmark.round(nanos[nanos.length - 1] / NANOS_PER_MS));
        return row;
    }

    /** @param variant of the environment: each gets a worker of its own */
    private static Execution execution(Path folder, Program program, int variant) {
        String id = Ids.system().next();
        Path own = folder.resolve(id);
        Map<String, Object> call = Map.of(
                "contract",
                2,
                "run",
                "run-bench",
                "step",
                "nothing",
                "attempt",
                1,
                "as_of",
                "1970-01-01T00:00:00Z",
                "parameters",
                Map.of(),
                "inputs",
                Map.of(),
                "outputs",
                Map.of(),
                "metrics",
                own.resolve("metrics.jsonl").toString(),
                "work",
                own.resolve("work").toString());
        Map<String, String> environment = Map.of("VARIANT", Integer.toString(variant));
        return new Execution(id, program, own, call, environment, Map.of(), Limits.within(Duration.ofMinutes(1)));
    }

    static List<Path> classPath() throws URISyntaxException {
        return List.of(place(Idle.class), place(Step.class));
    }

    private static Path place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** A pipeline with one step that does nothing. */
    public static final class Idle {
        @Step
        public void nothing() {}
    }
}
