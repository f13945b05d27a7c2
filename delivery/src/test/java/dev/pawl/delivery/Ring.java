package dev.pawl.delivery;

import static org.awaitility.Awaitility.await;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The stage in a ring whose other stages are played by the test: it appends their facts. */
final class Ring implements AutoCloseable {
    static final Instant AS_OF = Instant.parse("1972-01-01T00:00:00Z");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final Store store;
    final Definitions definitions;
    final Functions functions = new Functions();
    final Delivery delivery;

    Ring(Store store, Target target) {
        this.store = store;
        this.definitions = new Definitions(store.artifacts());
        this.delivery = new Delivery(store, definitions, target, functions);
    }

    static Ring fresh(TestDatabases database, Path folder, Target target) {
        return new Ring(database.open(folder, Clock.system(), Delivery.SCHEMA), target);
    }

    Ring start() {
        delivery.start();
        return this;
    }

    void append(Fact fact) {
        store.database().change(tx -> store.ledger().append(tx, fact));
    }

    void built(int number, String branch, Definition definition) {
        append(new Fact.PackageBuilt(
                Births.PROJECT,
                branch,
                Births.commit(number),
                new CiRunId("ci-" + number),
                Births.packageOf(number),
                definitions.keep(definition)));
    }

    void registered(int number, Definition definition, Digest artifact) {
        registered(number, definition, artifact, Births.table(Births.ROWS));
    }

    /** A production run, and the version that it gave. */
    void registered(int number, Definition definition, Digest artifact, String table) {
        RunId run = new RunId("run-" + number);
        Digest kept = definitions.keep(definition);
        append(new Fact.RunFinished(
                Births.PROJECT,
                run,
                Fact.Purpose.PRODUCTION,
                Optional.of(Births.PROD),
                Births.packageOf(1),
                kept,
                AS_OF,
                Fact.Outcome.SUCCEEDED,
                "",
                Map.of("features.held-out", store.artifacts().putText(table), "train.model", artifact)));
        append(new Fact.ModelRegistered(
                Births.PROJECT, Births.PROD, Births.version(number), artifact, run, kept, AS_OF));
    }

    GateReport decided(int number) {
        ModelVersion version = Births.version(number);
        await().atMost(PATIENCE)
                .until(() -> delivery.gates(version)
                        .filter(report -> report.challenger().state() != Challenger.State.WAITING)
                        .isPresent());
        return delivery.gates(version).orElseThrow();
    }

    Deployment attempted(EnvironmentName environment, int number) {
        await().atMost(PATIENCE).until(() -> attempt(environment, number).isPresent());
        return attempt(environment, number).orElseThrow();
    }

    private Optional<Deployment> attempt(EnvironmentName environment, int number) {
        return delivery.deployments(Births.PROJECT).stream()
                .filter(deployment -> deployment.environment().equals(environment) && deployment.number() == number)
                .findFirst();
    }

    void quiet() {
        await().atMost(PATIENCE)
                .until(() -> store.database()
                        .read(tx ->
                                delivery.reader().caughtUp(tx) && store.jobs().open(tx) == 0));
    }

    <F extends Fact> List<F> facts(Class<F> type) {
        return store.database().read(tx -> store.ledger().after(tx, 0, 1_000)).stream()
                .map(Ledger.Entry::fact)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    @Override
    public void close() {
        delivery.close();
        store.close();
    }
}
