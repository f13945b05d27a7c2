package dev.pawl.monitoring;

import static org.awaitility.Awaitility.await;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.Definition;
import dev.pawl.definition.MonitorPlan;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PredictionId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** A store with monitoring over it, one model whose held-out error is about 1, and days that can be lived through. */
final class World implements AutoCloseable {
    static final ProjectName PROJECT = new ProjectName("births");
    static final EnvironmentName PROD = new EnvironmentName("prod");
    static final ModelName MODEL = new ModelName("births");
    static final Instant DAY_0 = Instant.parse("1971-01-01T00:00:00Z");
    static final int WINDOW = 7;
    static final int DELAY = 2;

    final Store store;
    final Monitoring monitoring;
    private final Digest definition;

    World(TestDatabases databases, Path folder) {
        this(databases, folder, _ -> holdout());
    }

    World(TestDatabases databases, Path folder, ReferencePerformance performance) {
        store = open(databases, folder);
        Definitions definitions = new Definitions(store.artifacts());
        definition = definitions.keep(definition());
        monitoring = new Monitoring(store, definitions, performance).start();
    }

    @Override
    public void close() {
        monitoring.close();
        store.close();
    }

    /** Five weeks with mean absolute errors 0.8, 0.9, 1.0, 1.1 and 1.2. */
    static List<Scored> holdout() {
        return IntStream.range(0, 35)
                .mapToObj(day ->
                        new Scored(DAY_0.minus(Duration.ofDays(35 - day)), 100.8 + 0.1 * Math.floorDiv(day, 7), 100))
                .toList();
    }

    static ModelVersion version(int number) {
        return new ModelVersion(MODEL, number);
    }

    static Instant day(int day) {
        return DAY_0.plus(Duration.ofDays(day));
    }

    static PredictionId id(int day) {
        return new PredictionId("day-" + day);
    }

    static LoggedPrediction prediction(int version, int day, double value) {
        return new LoggedPrediction(id(day), version(version), day(day), "{\"day\":" + day + "}", "{}", value);
    }

    /** Answers each day with the truth (100) plus an error, then posts the labels that have come by the last day. */
    void live(int version, int from, int to, double error) {
        monitoring.record(IntStream.range(from, to)
                .mapToObj(day -> prediction(version, day, 100 + error))
                .toList());
    }

    /** The labels of the days, each known two days later. */
    void label(int from, int to) {
        monitoring.labels(
                MODEL,
                IntStream.range(from, to)
                        .mapToObj(day -> new Label(id(day), 100, day(day + DELAY)))
                        .toList());
    }

    void deploy(int version, Optional<Integer> previous) {
        tell(new Fact.ModelDeployed(
                PROJECT,
                PROD,
                version(version),
                previous.map(World::version),
                Digest.of("model"),
                definition,
                DAY_0,
                "better"));
    }

    void register(int version, String run) {
        tell(new Fact.ModelRegistered(
                PROJECT, PROD, version(version), Digest.of("model"), new RunId(run), definition, DAY_0));
    }

    void reject(int version) {
        tell(new Fact.ModelRejected(PROJECT, PROD, version(version), "quality", "worse"));
    }

    void requestRun(String run, Fact.Trigger trigger) {
        tell(new Fact.RunRequested(
                PROJECT,
                PROD,
                new RunId(run),
                Digest.of("package"),
                definition,
                new Fact.Reason(trigger, "because"),
                DAY_0));
    }

    void tell(Fact fact) {
        store.database().change(tx -> store.ledger().append(tx, fact));
        settle();
    }

    void settle() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> store.database().read(tx -> monitoring.caughtUp(tx) && monitoring.openWork(tx) == 0));
    }

    <F extends Fact> List<F> facts(Class<F> type) {
        List<F> found = new ArrayList<>();
        store.database().read(tx -> store.ledger().after(tx, 0, 1_000)).stream()
                .map(Ledger.Entry::fact)
                .filter(type::isInstance)
                .map(type::cast)
                .forEach(found::add);
        return found;
    }

    static Definition definition() {
        return new Definition(
                PROJECT,
                List.of(),
                Definition.RunRules.USUAL,
                new TreeMap<>(),
                new CiPlan(
                        Optional.empty(),
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(
                        new MonitorPlan("mae", Duration.ofDays(DELAY), Duration.ofDays(WINDOW), Duration.ofDays(140))),
                new TreeMap<>());
    }

    /** The database of a folder: the same one again after a restart. */
    private static Store open(TestDatabases databases, Path folder) {
        try {
            Path url = folder.resolve("database-url");
            if (Files.notExists(url)) {
                Files.writeString(url, databases.fresh(folder));
            }
            return Store.open(
                    databases.connect(Files.readString(url)),
                    folder,
                    Clock.system(),
                    Ids.system(),
                    List.of(Monitoring.SCHEMA));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
