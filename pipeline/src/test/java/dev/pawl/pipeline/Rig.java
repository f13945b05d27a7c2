package dev.pawl.pipeline;

import static org.awaitility.Awaitility.await;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Executors;
import dev.pawl.executor.Folders;
import dev.pawl.executor.LocalSettings;
import dev.pawl.executor.ProcessTree;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * An orchestrator over a real store, that runs real processes. Steps find the folder {@code marks} as {@code $MARKS} in their
 * command, to leave traces in.
 */
final class Rig implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Supplier<Store> opening;
    private final Path folder;
    private final Path marks;
    private final int parallel;
    private final Making making;
    private final Telling telling;
    private Store store;
    private Definitions definitions;
    private Orchestrator orchestrator;

    /** Makes what runs the steps, again after every restart. */
    interface Making {
        Executor executor(Path folder);
    }

    /** Makes who is told of what happens, again after every restart. */
    interface Telling {
        RunEvent.Listener listener(Store store, Definitions definitions);
    }

    private Rig(Path folder, Supplier<Store> opening, int parallel, Making making) {
        this(folder, opening, parallel, making, (_, _) -> RunEvent.Listener.none());
    }

    private Rig(Path folder, Supplier<Store> opening, int parallel, Making making, Telling telling) {
        this.opening = opening;
        this.folder = folder;
        this.parallel = parallel;
        this.making = making;
        this.telling = telling;
        this.marks = Folders.make(folder.resolve("marks"));
        this.store = opening.get();
        this.definitions = new Definitions(store.artifacts());
        this.orchestrator = makeOrchestrator();
    }

    static Rig in(Path folder) {
        return in(folder, 4);
    }

    static Rig in(Path folder, int parallel) {
        return new Rig(folder, () -> embedded(folder), parallel, Rig::real);
    }

    static Rig on(TestDatabases database, Path folder) {
        return on(database, folder, Rig::real);
    }

    static Rig telling(TestDatabases database, Path folder, Telling telling) {
        String url = database.fresh(folder);
        return new Rig(
                folder, () -> database.open(url, folder, Clock.system(), Orchestrator.SCHEMA), 4, Rig::real, telling);
    }

    static Rig on(TestDatabases database, Path folder, Executor executor) {
        return on(database, folder, _ -> executor);
    }

    private static Rig on(TestDatabases database, Path folder, Making making) {
        String url = database.fresh(folder);
        return new Rig(folder, () -> database.open(url, folder, Clock.system(), Orchestrator.SCHEMA), 4, making);
    }

    static Rig telling(Path folder, Telling telling) {
        return new Rig(folder, () -> embedded(folder), 4, Rig::real, telling);
    }

    static Rig over(Supplier<Store> opening, Path folder, Executor executor) {
        return new Rig(folder, opening, 4, _ -> executor);
    }

    private static Executor real(Path folder) {
        return Executors.local(Clock.system(), LocalSettings.ofThisMachine(), folder);
    }

    private static Store embedded(Path folder) {
        return Store.embedded(folder, Clock.system(), Ids.system(), List.of(Orchestrator.SCHEMA));
    }

    Rig start() {
        orchestrator.start();
        return this;
    }

    /** Closes everything, whatever is under way, and opens it again from what is on disk. */
    void reopen() {
        close();
        store = opening.get();
        definitions = new Definitions(store.artifacts());
        orchestrator = makeOrchestrator();
    }

    Store store() {
        return store;
    }

    Orchestrator orchestrator() {
        return orchestrator;
    }

    private Orchestrator makeOrchestrator() {
        return new Orchestrator(
                store,
                definitions,
                folder.resolve("work"),
                making.executor(folder.resolve("work")),
                Places.inDefaultPool(parallel),
                (_, name) -> Optional.of(new Secrets.Secret("value of " + name, "1")),
                telling.listener(store, definitions));
    }

    Path mark(String name) {
        return marks.resolve(name);
    }

    /** How often a step wrote a line into a mark. */
    long count(String name) {
        try (var lines = Files.lines(mark(name))) {
            return lines.count();
        } catch (IOException e) {
            return 0;
        }
    }

    /** A command as a test writes it, with the marks' folder in its place. */
    TestStep step(String name, String run) {
        return TestStep.step(name, run.replace("$MARKS", marks.toString()));
    }

    Digest packageOf(Map<String, String> files) {
        Path content = folder.resolve("package-" + store.ids().next());
        files.forEach((name, text) -> write(content.resolve(name), text));
        Folders.make(content);
        return store.artifacts().put(content);
    }

    RunId submit(Definition definition) {
        return submit(definition, packageOf(Map.of("README", "nothing")), Optional.empty());
    }

    RunId submit(Definition definition, Digest packageDigest, Optional<Integer> sample) {
        RunId id = store.ids().next("run", RunId::new);
        Digest digest = definitions.keep(definition);
        RunSpec spec = new RunSpec(
                id,
                new ProjectName("test"),
                Fact.Purpose.EXPERIMENT,
                Optional.empty(),
                packageDigest,
                digest,
                Instant.parse("1971-01-10T00:00:00Z"),
                sample,
                "a test");
        store.database().change(tx -> orchestrator.submit(tx, spec));
        return id;
    }

    /** Submits and waits for the end. */
    Run run(Definition definition) {
        return awaitEnd(submit(definition));
    }

    Run awaitEnd(RunId id) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> orchestrator.run(id).state().isOver());
        return orchestrator.run(id);
    }

    void awaitMark(String name) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> Files.exists(mark(name)));
    }

    Map<String, StepState> states(RunId id) {
        Map<String, StepState> states = new TreeMap<>();
        orchestrator.steps(id).forEach(step -> states.put(step.name().value(), step.state()));
        return states;
    }

    RunStep stepOf(RunId id, String name) {
        return orchestrator.steps(id).stream()
                .filter(step -> step.name().value().equals(name))
                .findFirst()
                .orElseThrow();
    }

    String output(RunId id, String step) {
        return store.artifacts()
                .text(Optional.ofNullable(stepOf(id, step).outputs().get(step)).orElseThrow());
    }

    /** All ends of runs that the ledger tells of. */
    List<Fact.RunFinished> finished() {
        return store.database().read(tx -> store.ledger().after(tx, 0, 1_000)).stream()
                .map(Ledger.Entry::fact)
                .filter(Fact.RunFinished.class::isInstance)
                .map(Fact.RunFinished.class::cast)
                .toList();
    }

    /** Steps and attempts that are not over, and runs that a server has. */
    long openRows() {
        return store.database().read(tx -> tx.number("""
            select (select count(*) from step where ended_at is null)
              + (select count(*) from attempt where ended_at is null)
              + (select count(*) from run where owner is not null or ended_at is null)
            """));
    }

    /** Of servers, also those that ran out. */
    long leases() {
        return store.database().read(tx -> tx.number("select count(*) from server"));
    }

    boolean leavesNoScratch() {
        return Folders.entries(folder.resolve("work/scratch")).isEmpty();
    }

    /** Whether the process whose number is in a mark is alive. */
    boolean isAlive(String mark) {
        return ProcessHandle.of(Json.read(read(mark), Long.class))
                .map(ProcessTree::lives)
                .orElse(false);
    }

    String read(String mark) {
        try {
            return Files.readString(mark(mark)).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        orchestrator.close();
        store.close();
    }

    /** The file of an artifact. */
    Path object(Digest digest) {
        return folder.resolve("artifacts/objects")
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex().substring(2));
    }
}
