package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProposalId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Heads that move while their proposal is made or merged. */
class MovingHeadTest {
    @TempDir
    Path folder;

    private SourceServer server;
    private Git git;
    private String base;
    private String head;

    @BeforeEach
    void start() {
        git = Git.init(folder.resolve("copy"));
        server = SourceServer.start(folder.resolve("server"));
        base = git.write("a.txt", "a\n").commit("base");
        git.run("push", "-q", server.url("births"), "main");
        git.run("checkout", "-q", "-b", "work");
        head = git.write("a.txt", "better\n").commit("better");
        git.run("push", "-q", server.url("births"), "work");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private ProposalView propose() {
        return server.source
                .proposals()
                .propose(SourceServer.project("births"), "work", "main", Optional.empty(), "ada");
    }

    /** As a server that is killed leaves it; the target moves after that, so that the merge is off. */
    private ProposalId begun() {
        ProposalId id = propose().id();
        ProposalStore rows = new ProposalStore();
        server.store.database().change(tx -> {
            assertThat(rows.move(tx, rows.find(tx, id).orElseThrow(), ProposalState.Event.MERGE_BEGAN))
                    .isTrue();
            rows.mergeBegan(tx, id, new CommitId(base), new CommitId(head), "eve");
        });
        git.run("checkout", "-q", "main");
        git.write("b.txt", "other\n").commit("other");
        git.run("push", "-q", server.url("births"), "main");
        git.run("checkout", "-q", "work");
        return id;
    }

    private ProposalView afterRestart(ProposalId id) {
        server.close();
        server = SourceServer.start(folder.resolve("server"));
        return server.source.proposals().view(id);
    }

    @Test
    void one_that_moved_during_a_merge_is_seen_when_the_merge_is_off() {
        ProposalId id = begun();
        String next = git.write("a.txt", "sly\n").commit("sly");
        git.run("push", "-q", server.url("births"), "work");

        ProposalView view = afterRestart(id);

        assertThat(view.head()).isEqualTo(new CommitId(next));
        assertThat(view.standing()).isEqualTo(Standing.WAITING_FOR_CI);
    }

    @Test
    void a_branch_that_went_during_a_merge_closes_its_proposal_when_the_merge_is_off() {
        ProposalId id = begun();
        git.run("push", "-q", server.url("births"), ":work");

        assertThat(afterRestart(id).standing()).isEqualTo(Standing.CLOSED);
    }

    @Test
    void one_that_moves_while_it_is_proposed_is_not_missed() {
        String next = git.write("a.txt", "newest\n").commit("newest");
        CompletableFuture<ProposalView> proposed = new CompletableFuture<>();
        Thread proposing = Thread.ofPlatform().unstarted(() -> proposed.complete(propose()));

        server.store.database().change(tx -> {
            new BranchStore(server.store.ledger()).lock(tx, SourceServer.project("births"));
            proposing.start();
            server.await(
                    "the proposal to wait for the ledger",
                    () -> Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING)
                                    .contains(proposing.getState())
                            ? Optional.of(true)
                            : Optional.empty());
            git.run(
                    "push",
                    "-q",
                    folder.resolve("server/source/repositories/births.git").toString(),
                    "work");
        });

        assertThat(proposed.join().head()).isEqualTo(new CommitId(next));
    }
}
