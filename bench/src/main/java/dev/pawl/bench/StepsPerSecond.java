package dev.pawl.bench;

import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Executors;
import dev.pawl.executor.LocalSettings;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.pipeline.Places;
import dev.pawl.pipeline.ProjectPackage;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.pipeline.RunState;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Steps that do next to nothing, each a process of its own and durable: what a step costs. */
final class StepsPerSecond implements Benchmark {
    private static final int[] STEPS = {10, 100};

    @Override
    public String what() {
        return "no-op command steps per second with SQLite, one after the other and side by side";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        measure(10, false); // warm-up
        for (int steps : STEPS) {
            rows.add(measure(steps, true));
            rows.add(measure(steps, false));
        }
        return rows;
    }

    private static Map<String, Object> measure(int steps, boolean chained) throws Exception {
        Path folder = Files.createTempDirectory("pawl-bench-steps");
        try {
            return measure(folder, steps, chained);
        } finally {
            LiveServer.delete(folder);
        }
    }

    private static Map<String, Object> measure(Path folder, int steps, boolean chained) throws Exception {
        try (Store store = Store.embedded(folder, Clock.system(), Ids.system(), List.of(Orchestrator.SCHEMA))) {
            Definitions definitions = new Definitions(store.artifacts());
            Path project = Files.createDirectories(folder.resolve("project"));
            Files.writeString(project.resolve(PawlYaml.FILE), yaml(steps, chained));
            Definition definition = PawlYaml.read(project).compile(Optional.empty());
            Digest packageDigest = ProjectPackage.keep(store.artifacts(), project, definition);
            var run = new RunQueue.RunSpec(
                    store.ids().next("run", RunId::new),
                    definition.project(),
                    Fact.Purpose.EXPERIMENT,
                    Optional.empty(),
                    packageDigest,
                    definitions.keep(definition),
                    store.clock().now(),
                    Optional.empty(),
                    "benchmark");
            try (Orchestrator orchestrator = new Orchestrator(
                            store,
                            definitions,
                            folder.resolve("runs"),
                            Executors.local(store.clock(), LocalSettings.ofThisMachine(), folder.resolve("runs")),
                            Places.ofThisMachine(),
                            Secrets.none())
                    .start()) {
                return time(store, orchestrator, run, steps, chained);
            }
        }
    }

    private static Map<String, Object> time(
            Store store, Orchestrator orchestrator, RunQueue.RunSpec run, int steps, boolean chained) throws Exception {
        long from = store.clock().nanos();
        store.database().change(tx -> orchestrator.submit(tx, run));
        while (!orchestrator.run(run.id()).state().isOver()) {
            store.clock().sleep(Duration.ofMillis(2));
        }
        double seconds = (store.clock().nanos() - from) / 1e9;
        if (orchestrator.run(run.id()).state() != RunState.SUCCEEDED) {
            throw new IllegalStateException(orchestrator.run(run.id()).because());
        }
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("shape", chained ? "chain" : "parallel");
        row.put("steps", steps);
        row.put("seconds", Benchmark.round(seconds));
        row.put("steps_per_second", Benchmark.round(steps / seconds));
        row.put("ms_per_step", Benchmark.round(seconds * 1e3 / steps));
        return row;
    }

    private static String yaml(int steps, boolean chained) {
        StringBuilder yaml = new StringBuilder("project: bench\npipeline:\n  steps:\n");
        for (int i = 0; i < steps; i++) {
            String inputs = chained && i > 0 ? ", inputs: { before: s%d }".formatted(i - 1) : "";
            yaml.append("    s%d: { run: 'echo %d > \"$PAWL_OUTPUTS/out\"', outputs: { out: file }, cache: false%s }\n"
                    .formatted(i, i, inputs));
        }
        return yaml.toString();
    }
}
