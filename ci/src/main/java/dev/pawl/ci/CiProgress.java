package dev.pawl.ci;

import dev.pawl.definition.CiPlan.IntegrationCheck;
import dev.pawl.definition.Definition;
import dev.pawl.definition.Environment;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Moves CI runs on: every method is what happens in one transaction, and does nothing when it comes too late. */
final class CiProgress {
    static final String QUEUE = "ci";
    static final String DEADLINES = "ci-deadline";

    /** The integration run sees data of any time: what bounds it is the sample. */
    private static final Instant ALL_DATA = Instant.parse("9999-12-31T00:00:00Z");

    private final Store store;
    private final Definitions definitions;
    private final RunQueue runs;
    private final CiStore rows = new CiStore();
    private final CheckStore checks = new CheckStore();
    private final PackageStore packages = new PackageStore();

    CiProgress(Store store, Definitions definitions, RunQueue runs) {
        this.store = store;
        this.definitions = definitions;
        this.runs = runs;
    }

    void pushed(Tx tx, Ledger.Entry entry, Fact.CommitPushed fact) {
        rows.queued(tx, fact.project(), fact.branch()).forEach(older -> supersede(tx, older));
        CiRunId id = store.ids().next("ci", CiRunId::new);
        rows.add(tx, entry.position(), CiRun.queued(id, fact, store.clock().now()));
        store.jobs().add(tx, QUEUE, id.value(), "");
    }

    private void supersede(Tx tx, CiRun run) {
        if (rows.move(tx, run, CiState.Event.NEWER_COMMIT_CAME)) {
            rows.finished(tx, run.id(), store.clock().now());
            store.jobs().remove(tx, QUEUE, run.id().value());
        }
    }

    /** An attempt begins, the first or another one; none when the run needs no work any more. */
    Optional<CiRun> begin(Tx tx, CiRunId id) {
        return rows.run(tx, id)
                .filter(run -> rows.move(tx, run, CiState.Event.BEGAN))
                .map(run -> {
                    rows.began(tx, id, store.clock().now());
                    checks.clear(tx, id);
                    return run;
                });
    }

    void conclude(Tx tx, CiRunId id, Verdict verdict) {
        CiRun run = rows.run(tx, id).orElseThrow();
        switch (verdict) {
            case Verdict.Refused(String check, String because) -> refuse(tx, run, check, because);
            case Verdict.Packed packed -> integrate(tx, run, packed);
        }
    }

    void gaveUp(Tx tx, CiRunId id, Throwable error) {
        String because = "CI itself broke on this commit, several times: " + error.getMessage() + "; push it again";
        checks.endAll(tx, id, because, store.clock().now());
        rows.run(tx, id).ifPresent(run -> refuse(tx, run, CiCheck.CI, because));
    }

    private void refuse(Tx tx, CiRun run, String check, String because) {
        if (rows.move(tx, run, CiState.Event.REFUSED)) {
            Instant now = store.clock().now();
            rows.refused(tx, run.id(), check, because);
            rows.finished(tx, run.id(), now);
            store.ledger()
                    .append(
                            tx,
                            new Fact.PackageRefused(
                                    run.project(), run.branch(), run.commit(), run.id(), check, because));
        }
    }

    private void integrate(Tx tx, CiRun run, Verdict.Packed packed) {
        if (!rows.move(tx, run, CiState.Event.PACKED)) {
            return;
        }
        Instant now = store.clock().now();
        RunId runId = store.ids().next("run", RunId::new);
        IntegrationCheck plan = plan(packed.definition());
        rows.packed(tx, run.id(), runId, packed);
        checks.began(tx, run.id(), CiCheck.CONTRACT, now);
        checks.began(tx, run.id(), CiCheck.INTEGRATION, now);
        runs.submit(tx, spec(run, runId, packed, plan.sample()));
        store.jobs().add(tx, DEADLINES, run.id().value(), runId.value(), now.plus(plan.within()));
    }

    private static RunQueue.RunSpec spec(CiRun run, RunId id, Verdict.Packed packed, int sample) {
        return new RunQueue.RunSpec(
                id,
                run.project(),
                Fact.Purpose.INTEGRATION,
                Optional.empty(),
                packed.packageDigest(),
                packed.definition(),
                ALL_DATA,
                Optional.of(sample),
                "integration check of %s at %s".formatted(run.branch(), run.commit()));
    }

    void runFinished(Tx tx, Ledger.Entry entry, Fact.RunFinished fact) {
        rows.ofIntegration(tx, fact.runId()).ifPresent(run -> integrated(tx, entry, run, fact));
    }

    private void integrated(Tx tx, Ledger.Entry entry, CiRun run, Fact.RunFinished fact) {
        Definition definition = definitions.get(fact.definition());
        IntegrationVerdict verdict = IntegrationVerdict.of(definition, fact);
        Instant now = store.clock().now();
        store.jobs().remove(tx, DEADLINES, run.id().value());
        checks.ended(tx, run.id(), CiCheck.CONTRACT, verdict.contract(), now);
        checks.ended(tx, run.id(), CiCheck.INTEGRATION, verdict.integration(), now);
        if (verdict.passed()) {
            pass(tx, entry, run, definition);
        } else {
            refuse(tx, run, verdict.refusedBy(), verdict.because());
        }
    }

    private void pass(Tx tx, Ledger.Entry entry, CiRun run, Definition definition) {
        if (rows.move(tx, run, CiState.Event.INTEGRATED)) {
            CiPackage built = built(tx, run, definition);
            rows.finished(tx, run.id(), built.builtAt());
            packages.add(tx, entry.position(), built);
            store.ledger()
                    .append(
                            tx,
                            new Fact.PackageBuilt(
                                    run.project(),
                                    run.branch(),
                                    run.commit(),
                                    run.id(),
                                    built.digest(),
                                    built.definition()));
        }
    }

    private CiPackage built(Tx tx, CiRun run, Definition definition) {
        return new CiPackage(
                run.packageDigest().orElseThrow(),
                run.project(),
                run.branch(),
                run.commit(),
                run.definition().orElseThrow(),
                run.id(),
                rows.tests(tx, run.id()),
                definition.environments().stream()
                        .collect(Collectors.toMap(
                                environment -> environment.name().value(),
                                Environment::requires,
                                (first, _) -> first,
                                TreeMap::new)),
                store.clock().now());
    }

    private IntegrationCheck plan(Digest definition) {
        return definitions.get(definition).ci().integration().orElseThrow();
    }
}
