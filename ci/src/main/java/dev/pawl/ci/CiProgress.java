package dev.pawl.ci;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Environment;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Fact;
import dev.pawl.packaging.Packaging;
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
    private final Store store;
    private final Definitions definitions;
    private final CheckRuns checkRuns;
    private final CheckRunStore handedIn = new CheckRunStore();
    private final CiStore rows = new CiStore();
    private final CheckStore checks = new CheckStore();
    private final PackageStore packages = new PackageStore();
    private final Signing signing;

    CiProgress(Store store, Definitions definitions, RunQueue runs, Packaging packaging) {
        this.store = store;
        this.signing = new Signing(packaging);
        this.definitions = definitions;
        this.checkRuns = new CheckRuns(store, definitions, runs);
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
        if (rows.move(tx, run, CiState.Event.PACKED)) {
            rows.packed(tx, run.id(), checkRuns.handIn(tx, run, packed), packed);
        }
    }

    void runFinished(Tx tx, Ledger.Entry entry, Fact.RunFinished fact) {
        handedIn.find(tx, fact.runId())
                .ifPresent(ended -> ended(tx, entry, rows.run(tx, ended.ciRun()).orElseThrow(), ended, fact));
    }

    private void ended(Tx tx, Ledger.Entry entry, CiRun run, CheckRun ended, Fact.RunFinished fact) {
        if (checkRuns.ended(tx, run, ended, fact)) {
            checkRuns
                    .refusal(tx, run)
                    .ifPresentOrElse(
                            check -> refuse(tx, run, check.name(), check.summary()),
                            () -> pass(
                                    tx,
                                    entry,
                                    run,
                                    definitions.get(run.definition().orElseThrow())));
        }
    }

    private void pass(Tx tx, Ledger.Entry entry, CiRun run, Definition definition) {
        if (rows.move(tx, run, CiState.Event.INTEGRATED)) {
            CiPackage built = built(tx, run, definition);
            rows.finished(tx, run.id(), built.builtAt());
            packages.add(tx, entry.position(), built);
            signing.sign(tx, entry.position(), run, built);
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
}
