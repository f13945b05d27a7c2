package dev.pawl.ci;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Environment;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.packaging.Packaging;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Moves CI runs on: every method is what happens in one transaction, and does nothing when it comes too late. */
final class CiProgress {
    static final String QUEUE = "ci";
    private static final String CANCELLED = "cancelled by hand";
    private final Store store;
    private final Definitions definitions;
    private final CheckRuns checkRuns;
    private final CheckRunStore handedIn = new CheckRunStore();
    private final CiStore rows = new CiStore();
    private final CheckStore checks = new CheckStore();
    private final PackageStore packages = new PackageStore();
    private final TestStore tests = new TestStore();
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
        add(tx, entry.position(), CiRun.queued(id, fact, store.clock().now()));
    }

    /** The job names the project, between which the places are shared. */
    private void add(Tx tx, long number, CiRun run) {
        rows.add(tx, number, run);
        store.jobs().add(tx, QUEUE, run.id().value(), run.project().value());
    }

    /** A run that nobody pushed for. */
    CiRun queue(Tx tx, ProjectName project, String branch, CommitId commit, Scope scope) {
        CiRunId id = store.ids().next("ci", CiRunId::new);
        CiRun run = CiRun.queued(id, project, branch, commit, store.clock().now(), scope);
        add(tx, 0, run);
        return run;
    }

    /** The same commit once more. */
    CiRun rerun(Tx tx, CiRun earlier, boolean failedOnly) {
        if (!earlier.state().isOver()) {
            throw PawlException.conflict(
                    "ci-run-under-way",
                    "CI run %s is %s; cancel it, or wait until it is over".formatted(earlier.id(), earlier.state()));
        }
        if (failedOnly && earlier.state() == CiState.PASSED) {
            throw PawlException.conflict("nothing-failed", "Nothing failed in CI run " + earlier.id());
        }
        Scope again = new Scope(earlier.scope().only(), Optional.of(earlier.id()), failedOnly, false);
        return queue(tx, earlier.project(), earlier.branch(), earlier.commit(), again);
    }

    /** Its commands are ended by who runs them, and its runs by their deadlines, which are now. */
    void cancel(Tx tx, CiRun run) {
        if (!rows.move(tx, rows.locked(tx, run.id()), CiState.Event.CANCEL)) {
            throw PawlException.conflict(
                    "ci-run-over", "CI run %s cannot be cancelled: it is %s".formatted(run.id(), run.state()));
        }
        Instant now = store.clock().now();
        rows.refused(tx, run.id(), CiCheck.CI, CANCELLED);
        rows.finished(tx, run.id(), now);
        checks.endAll(tx, run.id(), CiCheck.State.CANCELLED, CANCELLED, now);
        store.jobs().remove(tx, QUEUE, run.id().value());
        checkRuns.cancel(tx, run);
    }

    /** What passed or failed in the run that this one does again. */
    List<CiCheck> earlierChecks(CiRun run) {
        return run.scope()
                .rerunOf()
                .map(earlier -> store.database().read(tx -> checks.checks(tx, earlier)))
                .orElse(List.of());
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
        CiRun run = rows.locked(tx, id);
        if (run.state() != CiState.CHECKING) {
            return;
        }
        switch (verdict) {
            case Verdict.Refused(String check, String because) -> refuse(tx, run, check, because);
            case Verdict.Packed packed -> integrate(tx, run, packed);
            case Verdict.Done _ -> done(tx, run);
            case Verdict.Known(CiRun earlier) -> answer(tx, run, earlier);
        }
    }

    private void done(Tx tx, CiRun run) {
        if (rows.move(tx, run, CiState.Event.PACKED)) {
            pass(tx, rows.run(tx, run.id()).orElseThrow());
        }
    }

    /** Everything but the checkout, which was made, is as it was then. */
    private void answer(Tx tx, CiRun run, CiRun earlier) {
        Instant now = store.clock().now();
        for (CiCheck check : checks.checks(tx, earlier.id())) {
            checks.began(tx, run.id(), check.name(), now);
            checks.ended(tx, run.id(), check.name(), Selection.Taken.fromCache(check, earlier.id()), now);
            tests.copy(tx, earlier.id(), run.id(), check.name());
        }
        var packed = new Verdict.Packed(
                earlier.packageDigest().orElseThrow(),
                earlier.definition().orElseThrow(),
                rows.tests(tx, earlier.id()),
                List.of(),
                List.of());
        integrate(tx, run, packed);
    }

    void gaveUp(Tx tx, CiRunId id, Throwable error) {
        String because = "CI itself broke on this commit, several times: " + error.getMessage() + "; push it again";
        checks.endAll(tx, id, CiCheck.State.FAILED, because, store.clock().now());
        rows.run(tx, id).ifPresent(run -> refuse(tx, run, CiCheck.CI, because));
    }

    private void refuse(Tx tx, CiRun run, String check, String because) {
        if (rows.move(tx, run, CiState.Event.REFUSED)) {
            Instant now = store.clock().now();
            rows.refused(tx, run.id(), check, because);
            rows.finished(tx, run.id(), now);
            if (run.scope().isWhole()) {
                store.ledger()
                        .append(
                                tx,
                                new Fact.PackageRefused(
                                        run.project(), run.branch(), run.commit(), run.id(), check, because));
            }
        }
    }

    private void integrate(Tx tx, CiRun run, Verdict.Packed packed) {
        if (rows.move(tx, run, CiState.Event.PACKED)) {
            rows.packed(tx, run.id(), checkRuns.handIn(tx, run, packed), packed);
            if (packed.runs().isEmpty()) {
                pass(tx, rows.run(tx, run.id()).orElseThrow());
            }
        }
    }

    void runFinished(Tx tx, Ledger.Entry entry, Fact.RunFinished fact) {
        handedIn.find(tx, fact.runId()).ifPresent(ended -> {
            CiRun run = rows.locked(tx, ended.ciRun());
            checkRuns.noteEnd(tx, fact);
            if (run.state() == CiState.INTEGRATING) {
                checkRuns.ended(tx, run, ended, fact);
                decide(tx, run);
            }
        });
    }

    /** A check that tries steps by themselves has ended. */
    void tried(Tx tx, CiRunId id, String check, Finding finding) {
        CiRun run = rows.locked(tx, id);
        if (run.state() == CiState.INTEGRATING) {
            checks.ended(tx, id, check, finding, store.clock().now());
            decide(tx, run);
        }
    }

    private void decide(Tx tx, CiRun run) {
        if (checkRuns.allEnded(tx, run)) {
            checkRuns
                    .refusal(tx, run)
                    .ifPresentOrElse(check -> refuse(tx, run, check.name(), check.summary()), () -> pass(tx, run));
        }
    }

    /** Some checks alone make no package. */
    private void pass(Tx tx, CiRun run) {
        if (rows.move(tx, run, CiState.Event.INTEGRATED)) {
            rows.finished(tx, run.id(), store.clock().now());
            if (run.scope().isWhole()) {
                give(tx, run, built(tx, run, definitions.get(run.definition().orElseThrow())));
            }
        }
    }

    private void give(Tx tx, CiRun run, CiPackage built) {
        store.ledger()
                .append(
                        tx,
                        new Fact.PackageBuilt(
                                built.project(),
                                built.branch(),
                                built.commit(),
                                built.ciRun(),
                                built.digest(),
                                built.definition()));
        signing.sign(tx, packages.add(tx, built), run, built);
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
