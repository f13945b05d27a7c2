package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Fact.CommitPushed;
import dev.pawl.kernel.Fact.PackageRefused;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.SettableClock;
import dev.pawl.packaging.Packaging;
import dev.pawl.packaging.SigningKey;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import dev.pawl.store.Tx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiProgressTest {
    private static final ProjectName PROJECT = new ProjectName("births");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private final CiStore runs = new CiStore();
    private Store store;
    private CiProgress progress;

    @BeforeEach
    void open() {
        store = TestDatabases.SQLITE.open(folder, clock, Ci.SCHEMA, Packaging.SCHEMA);
        progress = new CiProgress(
                store,
                new Definitions(store.artifacts()),
                (_, _) -> {},
                new Packaging(store, SigningKey.in(folder, store.ids()), Secrets.none(), folder));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private CiRun push(Tx tx, int number) {
        var fact = new CommitPushed(
                PROJECT, "main", new CommitId(String.valueOf(number).repeat(40)));
        progress.pushed(tx, new Ledger.Entry(number, clock.now(), fact), fact);
        return runs.runs(tx, Optional.empty(), 1).getFirst();
    }

    private List<Fact> facts(Tx tx) {
        return store.ledger().after(tx, 0, 100).stream().map(Ledger.Entry::fact).toList();
    }

    @Test
    void a_newer_commit_supersedes_what_has_not_begun() {
        store.database().change(tx -> {
            CiRun first = push(tx, 1);
            progress.begin(tx, first.id());
            CiRun second = push(tx, 2);
            CiRun third = push(tx, 3);

            assertThat(runs.run(tx, first.id()).orElseThrow().state()).isEqualTo(CiState.CHECKING);
            assertThat(runs.run(tx, second.id()).orElseThrow().state()).isEqualTo(CiState.SUPERSEDED);
            assertThat(third.state()).isEqualTo(CiState.QUEUED);
            assertThat(progress.begin(tx, second.id()))
                    .as("work for what is superseded")
                    .isEmpty();
            assertThat(store.jobs().open(tx, CiProgress.QUEUE)).isEqualTo(2);
        });
    }

    @Test
    void a_verdict_is_given_once() {
        store.database().change(tx -> {
            CiRun run = push(tx, 1);
            progress.begin(tx, run.id());

            progress.conclude(tx, run.id(), new Verdict.Refused(CiCheck.BUILD, "no"));
            progress.conclude(tx, run.id(), new Verdict.Refused(CiCheck.UNIT, "no again"));

            assertThat(facts(tx))
                    .containsExactly(new PackageRefused(PROJECT, "main", run.commit(), run.id(), CiCheck.BUILD, "no"));
        });
    }

    @Test
    void what_ci_cannot_check_is_refused_and_nothing_is_left_running() {
        CheckStore checks = new CheckStore();
        store.database().change(tx -> {
            CiRun run = push(tx, 1);
            progress.begin(tx, run.id());
            checks.began(tx, run.id(), CiCheck.BUILD, clock.now());

            progress.gaveUp(tx, run.id(), new IOException("disk full"));

            assertThat(facts(tx)).singleElement().isInstanceOfSatisfying(PackageRefused.class, fact -> {
                assertThat(fact.check()).isEqualTo(CiCheck.CI);
                assertThat(fact.because()).contains("disk full", "push it again");
            });
            assertThat(checks.checks(tx, run.id())).extracting(CiCheck::state).containsExactly(CiCheck.State.FAILED);
        });
    }

    @Test
    void a_run_of_somebody_else_is_none_of_its_business() {
        store.database().change(tx -> {
            var fact = new Fact.RunFinished(
                    PROJECT,
                    new RunId("run-1"),
                    Fact.Purpose.PRODUCTION,
                    Optional.empty(),
                    Digest.of("p"),
                    Digest.of("d"),
                    clock.now(),
                    Fact.Outcome.SUCCEEDED,
                    "",
                    Map.of());

            progress.runFinished(tx, new Ledger.Entry(9, clock.now(), fact), fact);

            assertThat(facts(tx)).isEmpty();
        });
    }
}
