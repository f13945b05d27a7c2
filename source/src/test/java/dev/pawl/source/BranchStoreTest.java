package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact.CommitPushed;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.SettableClock;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BranchStoreTest {
    private static final ProjectName PROJECT = new ProjectName("births");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");

    private static CommitId commit(int number) {
        return new CommitId(String.valueOf(number).repeat(40));
    }

    @ParameterizedTest
    @EnumSource
    void a_branch_that_moved_is_one_fact(TestDatabases databases) {
        Ledger ledger = new Ledger(clock);
        BranchStore branches = new BranchStore(ledger);
        try (Store store = databases.open(folder, clock, SourceControl.SCHEMA)) {
            store.database().change(tx -> {
                var heads = new TreeMap<>(Map.of("main", commit(1), "side", commit(2)));
                branches.reconcile(tx, PROJECT, () -> heads);
                branches.reconcile(tx, PROJECT, () -> heads);
                heads.remove("side");
                heads.put("main", commit(3));
                branches.reconcile(tx, PROJECT, () -> heads);
                heads.put("side", commit(2));
                branches.reconcile(tx, PROJECT, () -> heads);

                assertThat(ledger.after(tx, 0, 10))
                        .extracting(Ledger.Entry::fact)
                        .containsExactly(
                                new CommitPushed(PROJECT, "main", commit(1)),
                                new CommitPushed(PROJECT, "side", commit(2)),
                                new CommitPushed(PROJECT, "main", commit(3)),
                                new CommitPushed(PROJECT, "side", commit(2)));
            });
        }
    }
}
