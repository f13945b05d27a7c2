package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Ledger;
import dev.pawl.store.Tx;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Which commit of every branch the ledger knows: git moves a branch before anybody can tell, so the two are compared. */
final class BranchStore {
    private final Ledger ledger;
    private final ProposalStore proposals = new ProposalStore();

    BranchStore(Ledger ledger) {
        this.ledger = ledger;
    }

    /** @param heads read only when nobody else compares this project, so that an old view never overwrites a newer one */
    void reconcile(Tx tx, ProjectName project, Supplier<SortedMap<String, CommitId>> heads) {
        lock(tx, project);
        Map<String, CommitId> known = known(tx, project);
        SortedMap<String, CommitId> now = heads.get();
        known.keySet().stream().filter(branch -> !now.containsKey(branch)).forEach(gone -> {
            forget(tx, project, gone);
            proposals.branchGone(tx, project, gone);
        });
        now.forEach((branch, commit) -> {
            if (!commit.equals(known.get(branch))) {
                remember(tx, project, branch, commit);
                proposals.moved(tx, project, branch, commit);
                ledger.append(tx, new Fact.CommitPushed(project, branch, commit));
            }
        });
    }

    /** Until the transaction ends, nobody else compares this project. */
    void lock(Tx tx, ProjectName project) {
        tx.update("insert into source_repository (project) values (?) on conflict (project) do nothing", project);
        tx.update("update source_repository set project = project where project = ?", project);
    }

    private static Map<String, CommitId> known(Tx tx, ProjectName project) {
        return tx
                .list(
                        row -> Map.entry(row.text("branch"), row.id("commit_id", CommitId::new)),
                        "select branch, commit_id from source_branch where project = ?",
                        project)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void remember(Tx tx, ProjectName project, String branch, CommitId commit) {
        tx.update("""
            insert into source_branch (project, branch, commit_id) values (?, ?, ?)
            on conflict (project, branch) do update set commit_id = excluded.commit_id
            """, project, branch, commit);
    }

    private static void forget(Tx tx, ProjectName project, String branch) {
        tx.update("delete from source_branch where project = ? and branch = ?", project, branch);
    }
}
