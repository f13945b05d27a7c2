package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.ProposalId;
import dev.pawl.kernel.SettableClock;
import dev.pawl.source.ProposalState.Event;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import dev.pawl.store.Tx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SourceStoreTest {
    private static final ProjectName PROJECT = new ProjectName("births");
    private static final ProjectName OTHER = new ProjectName("other");
    private static final CommitId ONE = new CommitId("1".repeat(40));
    private static final CommitId TWO = new CommitId("2".repeat(40));

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");

    private void on(TestDatabases databases, Consumer<Tx> test) {
        try (Store store = databases.open(folder, clock, SourceControl.SCHEMA)) {
            store.database().change(test);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_remote_is_read_as_it_was_written_and_is_due_in_time(TestDatabases databases) {
        var remotes = new RemoteStore();
        var settings = new Remote.Settings(
                "https://git.example.org/ada/births.git",
                Optional.empty(),
                Optional.of("token"),
                Optional.of("hook"),
                Optional.of(GitHost.GITEA),
                Optional.of("https://git.example.org/api/v1"),
                Optional.of(Duration.ofMinutes(1)));
        on(databases, tx -> {
            remotes.add(tx, PROJECT, settings, clock.now());
            remotes.asked(tx, PROJECT);
            Remote asked = remotes.find(tx, PROJECT).orElseThrow();
            assertThat(asked.settings()).isEqualTo(settings);
            assertThat(asked.asked()).isEqualTo(1);
            assertThat(asked.nextFetchAt()).isEmpty();

            remotes.failed(tx, PROJECT, "away", Optional.of(clock.now().plusSeconds(5)));
            assertThat(remotes.due(tx, clock.now())).isEmpty();
            assertThat(remotes.due(tx, clock.now().plusSeconds(5))).containsExactly(PROJECT);
            assertThat(remotes.find(tx, PROJECT).orElseThrow().failures()).isEqualTo(1);

            remotes.fetched(tx, PROJECT, clock.now(), Optional.empty());
            Remote fetched = remotes.all(tx).getFirst();
            assertThat(fetched.failures()).isZero();
            assertThat(fetched.trouble()).isEmpty();
            assertThat(fetched.fetchedAt()).hasValue(clock.now());
            assertThat(fetched.asIn(asked)).isTrue();
            assertThat(remotes.remove(tx, PROJECT)).isTrue();
            assertThat(remotes.remove(tx, PROJECT)).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_status_is_numbered_and_told_once(TestDatabases databases) {
        var statuses = new StatusStore();
        on(databases, tx -> {
            statuses.set(tx, PROJECT, ONE, CommitStatus.State.PENDING, "checking", Optional.empty());
            CommitStatus pending = statuses.find(tx, PROJECT, ONE).orElseThrow();
            statuses.failed(tx, pending, "away");
            statuses.set(tx, PROJECT, ONE, CommitStatus.State.SUCCESS, "all", Optional.of(new CiRunId("ci-1")));
            statuses.told(tx, pending);

            CommitStatus now = statuses.of(tx, PROJECT, 5).getFirst();
            assertThat(now.state()).isEqualTo(CommitStatus.State.SUCCESS);
            assertThat(now.number()).isEqualTo(2);
            assertThat(now.told()).isEqualTo(1);
            assertThat(now.attempts()).isZero();
            assertThat(now.ciRun()).hasValue(new CiRunId("ci-1"));
        });
    }

    @ParameterizedTest
    @EnumSource
    void rules_are_read_as_they_were_written(TestDatabases databases) {
        var rules = new RuleStore();
        on(databases, tx -> {
            assertThat(rules.reviewRules(tx, PROJECT)).isEqualTo(ReviewRules.USUAL);
            rules.setReviewRules(tx, PROJECT, new ReviewRules(2, true, false));
            rules.setReviewRules(tx, PROJECT, new ReviewRules(3, false, true));
            rules.protect(tx, PROJECT, new Protection("main", false));
            rules.protect(tx, PROJECT, new Protection("main", true));

            assertThat(rules.reviewRules(tx, PROJECT)).isEqualTo(new ReviewRules(3, false, true));
            assertThat(rules.protections(tx, PROJECT)).containsExactly(new Protection("main", true));
            assertThat(rules.protections(tx, OTHER)).isEmpty();
            assertThat(rules.unprotect(tx, PROJECT, "main")).isTrue();
            assertThat(rules.unprotect(tx, PROJECT, "main")).isFalse();
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_proposal_follows_its_branch_and_ends_with_it(TestDatabases databases) {
        var proposals = new ProposalStore();
        on(databases, tx -> {
            ProposalId first = proposals.add(tx, PROJECT, "work", "main", "Better", "ada", ONE, clock.now());
            ProposalId second = proposals.add(tx, OTHER, "work", "main", "Other", "bob", ONE, clock.now());
            assertThat(first).isEqualTo(ProposalId.of(1));
            assertThat(second).isEqualTo(ProposalId.of(2));
            Proposal before = proposals.find(tx, first).orElseThrow();
            proposals.moved(tx, PROJECT, "work", TWO);

            assertThat(proposals.find(tx, first).orElseThrow().head()).isEqualTo(TWO);
            assertThat(proposals.find(tx, second).orElseThrow().head()).isEqualTo(ONE);
            assertThat(proposals.move(tx, before, Event.MERGE_BEGAN)).isFalse(); // it was about another head
            assertThat(proposals.list(tx, Optional.empty(), Optional.empty(), 5))
                    .extracting(Proposal::id)
                    .containsExactly(second, first);
            assertThat(proposals.open(tx, PROJECT, "work", "main")).isPresent();

            proposals.branchGone(tx, PROJECT, "work");
            assertThat(proposals.list(tx, Optional.of(PROJECT), Optional.of(ProposalState.CLOSED), 5))
                    .hasSize(1);
            assertThat(proposals.find(tx, second).orElseThrow().state()).isEqualTo(ProposalState.OPEN);
        });
    }

    @ParameterizedTest
    @EnumSource
    void a_merge_and_what_was_said_are_read_as_they_were_written(TestDatabases databases) {
        var proposals = new ProposalStore();
        on(databases, tx -> {
            ProposalId id = proposals.add(tx, PROJECT, "work", "main", "Better", "ada", ONE, clock.now());
            var rejected = new Review("bob", Review.Verdict.REJECTED, ONE, "no", clock.now());
            var approved = new Review("bob", Review.Verdict.APPROVED, ONE, "", clock.now());
            proposals.review(tx, id, rejected);
            proposals.review(tx, id, approved);
            proposals.verdict(tx, PROJECT, ONE, new CiVerdict(false, "unit: x", new CiRunId("ci-1")));
            proposals.verdict(tx, PROJECT, ONE, new CiVerdict(true, "", new CiRunId("ci-2")));
            Proposal open = proposals.find(tx, id).orElseThrow();
            assertThat(proposals.move(tx, open, Event.MERGE_BEGAN)).isTrue();
            proposals.mergeBegan(tx, id, ONE, TWO, "eve");
            proposals.moved(tx, PROJECT, "work", TWO); // too late
            Proposal merging = proposals.find(tx, id).orElseThrow();
            assertThat(proposals.move(tx, merging, Event.MERGE_LANDED)).isTrue();
            proposals.mergeLanded(tx, id, clock.now());

            Proposal merged = proposals.find(tx, id).orElseThrow();
            assertThat(merged.head()).isEqualTo(ONE);
            assertThat(merged.result()).hasValue(TWO);
            assertThat(merged.mergedBy()).hasValue("eve");
            assertThat(merged.mergedAt()).hasValue(clock.now());
            assertThat(proposals.reviews(tx, id)).containsExactly(approved);
            assertThat(proposals.verdict(tx, PROJECT, ONE)).hasValue(new CiVerdict(true, "", new CiRunId("ci-2")));
            assertThat(proposals.verdict(tx, PROJECT, TWO)).isEmpty();
        });
    }
}
