package dev.pawl.bench;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Executor;
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
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.pipeline.RunState;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.Database;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** An orchestrator in a folder of its own, which goes with it. */
final class BenchEngine implements AutoCloseable {
    /** What a step's program is. */
    enum Runs {
        /** None: the engine, its store and the step's folders by themselves. */
        NOTHING,
        /** A call in a warm worker JVM. */
        WORKER,
        /** A shell command. */
        PROCESS
    }

    private final Path folder;
    private final Runs runs;
    private final Store store;
    private final Definitions definitions;
    private final Orchestrator orchestrator;

    private BenchEngine(Path folder, Runs runs, Store store) {
        this.folder = folder;
        this.runs = runs;
        this.store = store;
        this.definitions = new Definitions(store.artifacts());
        this.orchestrator = new Orchestrator(
                        store,
                        definitions,
                        folder.resolve("runs"),
                        executor(folder.resolve("runs"), runs),
                        Places.ofThisMachine(),
                        Secrets.none())
                .start();
    }

    /** @param postgres URL of an empty database; SQLite in the folder without one */
    static BenchEngine open(Optional<String> postgres, Runs runs) throws Exception {
        Path folder = Files.createTempDirectory("pawl-bench-steps");
        var schemas = List.of(Orchestrator.SCHEMA);
        Store store = postgres.isPresent()
                ? Store.open(Database.postgres(postgres.get()), folder, Clock.system(), Ids.system(), schemas)
                : Store.embedded(folder, Clock.system(), Ids.system(), schemas);
        return new BenchEngine(folder, runs, store);
    }

    private static Executor executor(Path folder, Runs runs) {
        return switch (runs) {
            case NOTHING -> new NothingExecutor();
            case WORKER, PROCESS -> Executors.local(Clock.system(), LocalSettings.ofThisMachine(), folder);
        };
    }

    /** How long a run of the pipeline takes, from handing it in to its durable end. */
    double seconds(BenchPipeline pipeline) throws Exception {
        RunSpec run = spec(pipeline);
        long from = store.clock().nanos();
        store.database().change(tx -> orchestrator.submit(tx, run));
        while (!orchestrator.run(run.id()).state().isOver()) {
            store.clock().sleep(Duration.ofMillis(5));
        }
        double seconds = (store.clock().nanos() - from) / 1e9;
        if (orchestrator.run(run.id()).state() != RunState.SUCCEEDED) {
            throw new IllegalStateException(orchestrator.run(run.id()).because());
        }
        return seconds;
    }

    private RunSpec spec(BenchPipeline pipeline) throws Exception {
        Path project = Files.createDirectories(folder.resolve("project"));
        Path lib = Files.createDirectories(project.resolve("lib"));
        for (Path jar : StepOverhead.classPath()) {
            Files.copy(jar, lib.resolve(jar.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Definition definition = pipeline.definition(project, runs);
        Digest packageDigest = ProjectPackage.keep(store.artifacts(), project, definition);
        return new RunSpec(
                store.ids().next("run", RunId::new),
                definition.project(),
                Fact.Purpose.EXPERIMENT,
                Optional.empty(),
                packageDigest,
                definitions.keep(definition),
                store.clock().now(),
                Optional.empty(),
                "benchmark");
    }

    @Override
    public void close() throws IOException {
        orchestrator.close();
        store.close();
        LiveServer.delete(folder);
    }
}
