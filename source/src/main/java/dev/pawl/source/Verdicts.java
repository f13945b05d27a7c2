package dev.pawl.source;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ProjectName;
import dev.pawl.source.CommitStatus.State;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.Optional;

/** Keeps what CI says of commits, for proposals and for the hosts of code that is elsewhere. */
final class Verdicts {
    private final Store store;
    private final ProposalStore proposals = new ProposalStore();
    private final RemoteStore remotes = new RemoteStore();
    private final StatusStore statuses = new StatusStore();

    Verdicts(Store store) {
        this.store = store;
    }

    void pushed(Tx tx, Ledger.Entry entry, Fact.CommitPushed fact) {
        tell(tx, fact.project(), fact.commit(), State.PENDING, "Pawl is checking this commit", Optional.empty());
    }

    void built(Tx tx, Ledger.Entry entry, Fact.PackageBuilt fact) {
        proposals.verdict(tx, fact.project(), fact.commit(), new CiVerdict(true, "", fact.ciRun()));
        tell(
                tx,
                fact.project(),
                fact.commit(),
                State.SUCCESS,
                "All checks passed, package " + fact.packageDigest().brief(),
                Optional.of(fact.ciRun()));
    }

    void refused(Tx tx, Ledger.Entry entry, Fact.PackageRefused fact) {
        String line = fact.because().lines().findFirst().orElse("");
        String because = fact.check() + ": " + line;
        proposals.verdict(tx, fact.project(), fact.commit(), new CiVerdict(false, because, fact.ciRun()));
        tell(tx, fact.project(), fact.commit(), State.FAILURE, because, Optional.of(fact.ciRun()));
    }

    private void tell(
            Tx tx, ProjectName project, CommitId commit, State state, String description, Optional<CiRunId> ciRun) {
        boolean hasHost =
                remotes.find(tx, project).flatMap(it -> it.settings().host()).isPresent();
        if (hasHost) {
            statuses.set(tx, project, commit, state, description, ciRun);
            store.jobs().add(tx, StatusAttempt.QUEUE, StatusAttempt.key(project, commit), "");
        }
    }
}
