package dev.pawl.bench;

import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Executor;
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
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.Database;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A server's database from outside: hands in runs that do not end by themselves, and looks what became of them. */
final class OpenRunsStore implements AutoCloseable {
    private static final int AT_A_TIME = 500;
    private static final String YAML = """
        project: bench
        ci: { package: [pawl.yaml] }
        pipeline:
          steps:
            before: { run: 'echo 1 > "$PAWL_OUTPUTS/out"', outputs: { out: file }, cache: false }
            long: { run: sleep 3600, inputs: { before: before }, cache: false }
            after: { run: 'true', inputs: { before: before }, cache: false }
        """;

    private final Store store;
    private final Orchestrator orchestrator;
    private final Digest packageDigest;
    private final Definition definition;
    private final Digest definitionDigest;

    /** @param postgres URL of the server's database; SQLite in its folder without one */
    OpenRunsStore(Path server, Path own, Optional<String> postgres) throws IOException {
        Files.createDirectories(server);
        Database database =
                postgres.map(Database::postgres).orElseGet(() -> Database.sqlite(server.resolve("pawl.db")));
        this.store = Store.open(database, server, Clock.system(), Ids.system(), List.of(Orchestrator.SCHEMA));
        Definitions definitions = new Definitions(store.artifacts());
        Executor none = new NothingExecutor();
        // Never started: it hands in, and the server's own one does the work.
        this.orchestrator =
                new Orchestrator(store, definitions, own.resolve("runs"), none, Places.ofThisMachine(), Secrets.none());
        Path project = Files.createDirectories(own.resolve("project"));
        Files.writeString(project.resolve(PawlYaml.FILE), YAML);
        this.definition = PawlYaml.read(project).compile(Optional.empty());
        this.packageDigest = ProjectPackage.keep(store.artifacts(), project, definition);
        this.definitionDigest = definitions.keep(definition);
    }

    void handIn(int runs) {
        for (int done = 0; done < runs; done += AT_A_TIME) {
            int some = Math.min(AT_A_TIME, runs - done);
            store.database().change(tx -> handIn(tx, some));
        }
    }

    private void handIn(Tx tx, int runs) {
        for (int i = 0; i < runs; i++) {
            orchestrator.submit(
                    tx,
                    new RunSpec(
                            store.ids().next("run", RunId::new),
                            definition.project(),
                            Fact.Purpose.EXPERIMENT,
                            Optional.empty(),
                            packageDigest,
                            definitionDigest,
                            store.clock().now(),
                            Optional.empty(),
                            "benchmark"));
        }
    }

    Instant now() {
        return store.clock().now();
    }

    /** How many runs are open and to go on. */
    long open() {
        return store.database()
                .read(tx -> tx.number("select count(*) from run where ended_at is null and cancel_because is null"));
    }

    void cancelInterrupted() {
        store.database()
                .change(tx -> tx.list(
                                row -> row.id("run_id", RunId::new),
                                "select run_id from attempt where ended_at is null")
                        .forEach(run -> orchestrator.cancel(tx, run, "benchmark")));
    }

    /** How many attempts at the long step are under way that began then or later. */
    long underWay(Instant since) {
        return store.database()
                .read(tx -> tx.number(
                        "select count(*) from attempt where name = 'long' and ended_at is null and started_at >= ?",
                        since));
    }

    @Override
    public void close() {
        store.close();
    }
}
