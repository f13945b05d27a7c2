package dev.pawl.trigger;

import static org.awaitility.Awaitility.await;

import dev.pawl.definition.CiPlan;
import dev.pawl.definition.Definition;
import dev.pawl.definition.TriggerRule;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.SettableClock;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store with triggers over it, a clock turned by hand, and a source with a new row every day since 1971. */
final class World implements AutoCloseable {
    static final ProjectName PROJECT = new ProjectName("births");
    static final EnvironmentName PROD = new EnvironmentName("prod");
    static final Digest PACKAGE = Digest.of("package");
    static final Instant DAY_0 = Instant.parse("1971-01-01T00:00:00Z");
    static final ModelVersion VERSION = new ModelVersion(new ModelName("births"), 1);

    final SettableClock clock = SettableClock.at("2026-01-05T02:59:00Z");
    final Store store;
    final Trigger trigger;
    private final Definitions definitions;

    World(TestDatabases databases, Path folder) {
        this(
                databases,
                folder,
                (_, _, _, asOf) -> Math.max(0, Duration.between(DAY_0, asOf).toDays()));
    }

    World(TestDatabases databases, Path folder, DataRows data) {
        store = open(databases, folder, clock);
        definitions = new Definitions(store.artifacts());
        trigger = new Trigger(store, definitions, data).start();
    }

    @Override
    public void close() {
        trigger.close();
        store.close();
    }

    static Instant day(int day) {
        return DAY_0.plus(Duration.ofDays(day));
    }

    void deploy(TriggerRule... rules) {
        Digest definition = definitions.keep(definition(List.of(rules)));
        tell(new Fact.PipelineDeployed(PROJECT, PROD, PACKAGE, definition, "a test"));
    }

    Answer request(Optional<Instant> asOf) {
        return trigger.request(PROJECT, PROD, asOf, "a test asks");
    }

    void finish(RunId run) {
        finish(run, Fact.Outcome.SUCCEEDED);
    }

    void finish(RunId run, Fact.Outcome outcome) {
        tell(new Fact.RunFinished(
                PROJECT,
                run,
                Fact.Purpose.PRODUCTION,
                Optional.of(PROD),
                PACKAGE,
                Digest.of("definition"),
                DAY_0,
                outcome,
                "",
                Map.of()));
    }

    /** Asks for a run and ends it. */
    void run(Optional<Instant> asOf) {
        finish(request(asOf).run());
    }

    void decay(int day) {
        tell(new Fact.PerformanceDecayed(PROJECT, PROD, VERSION, day(day), "mape", 0.07, 0.045, "a t test"));
    }

    void window(int day) {
        tell(new Fact.WindowClosed(
                PROJECT, PROD, VERSION, day(day - 42), day(day - 14), day(day), "mape", 0.03, 0.045, 28, 28));
    }

    void tell(Fact fact) {
        store.database().change(tx -> store.ledger().append(tx, fact));
        await().atMost(Duration.ofSeconds(30)).until(() -> store.database().read(trigger::caughtUp));
    }

    List<Fact.RunRequested> requested() {
        return facts(Fact.RunRequested.class);
    }

    <F extends Fact> List<F> facts(Class<F> type) {
        return store.database().read(tx -> store.ledger().after(tx, 0, 1_000)).stream()
                .map(Ledger.Entry::fact)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static Definition definition(List<TriggerRule> rules) {
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
                rules,
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>());
    }

    /** The database of a folder: the same one again after a restart. */
    private static Store open(TestDatabases databases, Path folder, Clock clock) {
        try {
            Path url = folder.resolve("database-url");
            if (Files.notExists(url)) {
                Files.writeString(url, databases.fresh(folder));
            }
            return Store.open(
                    databases.connect(Files.readString(url)), folder, clock, Ids.system(), List.of(Trigger.SCHEMA));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
