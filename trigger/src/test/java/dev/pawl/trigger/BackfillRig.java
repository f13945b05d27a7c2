package dev.pawl.trigger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.BackfillId;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.Database;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Backfills over a real store, with a queue that only notes what is handed in. */
final class BackfillRig implements AutoCloseable {
    private static final ProjectName PROJECT = new ProjectName("births");
    private static final EnvironmentName PROD = new EnvironmentName("prod");
    static final Instant DAY_0 = Instant.parse("1971-01-01T00:00:00Z");

    /** What was handed in, kept in the database itself: what is rolled back was not. */
    record Handed(RunId run, Instant asOf, Optional<RunId> resumes, int priority, String parent) {}

    final Store store;
    final Backfills backfills;

    BackfillRig(Database database, Path place) {
        store = Store.open(database, place, Clock.system(), Ids.system(), List.of(Trigger.SCHEMA));
        store.database().change(tx -> {
            tx.update("create table if not exists handed (run text primary key, as_of bigint, resumes text, priority"
                    + " bigint, parent text)");
            tx.update("create table if not exists cancelled (run text)");
            new TriggerStore()
                    .deploy(
                            tx,
                            new DeployedPipeline(PROJECT, PROD, Digest.of("package"), Digest.of("definition"), DAY_0));
        });
        backfills = new Backfills(
                        store, BackfillRig::submit, (tx, run, _) -> tx.update("insert into cancelled values (?)", run))
                .start();
    }

    private static void submit(Tx tx, RunSpec run) {
        assertThat(run.purpose()).isEqualTo(Fact.Purpose.BACKFILL);
        tx.update(
                "insert into handed values (?, ?, ?, ?, ?)",
                run.id(),
                run.asOf(),
                run.resumes(),
                run.priority(),
                run.parent());
    }

    Backfill begin(int runs, int parallel) {
        Instant last = DAY_0.plus(Duration.ofDays(7L * (runs - 1)));
        return backfills.begin(PROJECT, PROD, new BackfillPlan(DAY_0, last, Duration.ofDays(7), parallel), "a test");
    }

    List<Handed> handed() {
        return store.database()
                .read(tx -> tx.list(
                        row -> new Handed(
                                row.id("run", RunId::new),
                                row.instant("as_of"),
                                row.optionalText("resumes").map(RunId::new),
                                row.integer("priority"),
                                row.text("parent")),
                        "select * from handed order by run"));
    }

    void finish(RunId run, Outcome outcome) {
        store.database().change(tx -> store.ledger().append(tx, finished(run, outcome)));
        await().pollInterval(Duration.ofMillis(5)).until(() -> !isUnderWay(run));
    }

    boolean isUnderWay(RunId run) {
        return store.database()
                .read(tx -> new BackfillStore().waitingFor(tx, run).isPresent());
    }

    /** Ends one run after the other until none is under way. */
    void finishAll(BackfillId id, Outcome outcome) {
        for (var underWay = underWay(id); !underWay.isEmpty(); underWay = underWay(id)) {
            finish(underWay.getFirst().run().orElseThrow(), outcome);
        }
    }

    List<BackfillRun> underWay(BackfillId id) {
        return backfills.runs(id, BackfillRun.State.UNDER_WAY, 100);
    }

    @Override
    public void close() {
        backfills.close();
        store.close();
    }

    static Fact finished(RunId run, Outcome outcome) {
        return new Fact.RunFinished(
                PROJECT,
                run,
                Fact.Purpose.BACKFILL,
                Optional.of(PROD),
                Digest.of("package"),
                Digest.of("definition"),
                DAY_0,
                outcome,
                outcome == Outcome.SUCCEEDED ? "" : "the planet was wrong",
                Map.of());
    }
}
