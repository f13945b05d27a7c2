package dev.pawl.experiment;

import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Executors;
import dev.pawl.executor.LocalSettings;
import dev.pawl.experiment.Experiments.Prepared;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.pipeline.Places;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A working copy of a small project of commands, and all that it takes to experiment in it. */
final class Laboratory implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String YAML = """
        project: counting
        pipeline:
          steps:
            count:
              run: sh count.sh
              inputs: { births: data.births }
              outputs: { count: file }
        data:
          births: { path: data/births.csv, time: date }
        ci:
          build: sh build.sh
          package: [count.sh, built.txt]
        """;
    private static final String COUNT = """
        wc -l < "$PAWL_INPUTS/births.csv" > "$PAWL_OUTPUTS/count"
        echo '{"name": "rows", "value": 4}' >> "$PAWL_METRICS"
        """;

    private final Path folder;
    private final Store store;
    private final Orchestrator orchestrator;
    private final Experiments experiments;

    Laboratory(Path folder) {
        this.folder = folder;
        this.store =
                Store.embedded(folder, Clock.system(), Ids.system(), List.of(Orchestrator.SCHEMA, Experiments.SCHEMA));
        Path jdk = Path.of(System.getProperty("java.home"));
        Definitions definitions = new Definitions(store.artifacts());
        this.orchestrator = new Orchestrator(
                        store,
                        definitions,
                        folder.resolve("work"),
                        Executors.local(store.clock(), LocalSettings.ofThisMachine(), folder.resolve("work")),
                        Places.inDefaultPool(2),
                        Secrets.none())
                .start();
        this.experiments = new Experiments(store, definitions, orchestrator, new Commands(store.clock(), jdk), jdk);
        write("pawl.yaml", YAML)
                .write("count.sh", COUNT)
                .write("build.sh", "echo built > built.txt\n")
                .write(".gitignore", "built.txt\n")
                .write("data/births.csv", "date,births\n1969-01-01,10\n1969-01-02,20\n1969-01-03,30\n");
    }

    Path copy() {
        return folder.resolve("copy");
    }

    Laboratory write(String file, String content) {
        try {
            Path path = copy().resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Store store() {
        return store;
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    Experiments experiments() {
        return experiments;
    }

    Prepared prepare() throws InterruptedException {
        return experiments.prepare(copy(), true, buildLog());
    }

    Path buildLog() {
        return folder.resolve("build.log");
    }

    Run awaitEnd(RunId run) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> orchestrator.run(run).state().isOver());
        return orchestrator.run(run);
    }

    @Override
    public void close() {
        orchestrator.close();
        store.close();
    }
}
