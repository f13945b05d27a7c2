package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Fact.CommitPushed;
import dev.pawl.kernel.Fact.ProposalMerged;
import dev.pawl.kernel.ProposalId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ProposalTest {
    @TempDir
    Path folder;

    private SourceServer server;
    private Git git;
    private String base;

    @BeforeEach
    void start() {
        git = Git.init(folder.resolve("copy"));
        server = SourceServer.start(folder.resolve("server"));
        base = git.write("a.txt", "a\n").write("b.txt", "b\n").commit("base");
        git.run("push", "-q", server.url("births"), "main");
        git.run("checkout", "-q", "-b", "work");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** A commit on the branch, pushed. */
    private String work(String file, String content) {
        String commit = git.write(file, content).commit("Better " + file);
        git.run("push", "-q", server.url("births"), "work");
        return commit;
    }

    /** Somebody else moves the target. */
    private String otherWork(String file, String content) {
        git.run("checkout", "-q", "main");
        String commit = git.write(file, content).commit("other");
        git.run("push", "-q", server.url("births"), "main");
        git.run("checkout", "-q", "work");
        return commit;
    }

    private String propose() {
        SourceServer.Answer answer =
                server.post("api/source/proposals", Map.of("project", "births", "branch", "work", "by", "ada"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("id").stringValue();
    }

    private SourceServer.Answer say(String id, String what, Map<String, String> body) {
        return server.post("api/source/proposals/" + id + "/" + what, new HashMap<>(body));
    }

    private JsonNode show(String id) {
        return server.get("api/source/proposals/" + id).json();
    }

    private String standing(String id) {
        return show(id).path("standing").stringValue();
    }

    private CommitId main() {
        return Objects.requireNonNull(server.source
                .repositories()
                .heads(SourceServer.project("births"))
                .get("main"));
    }

    @Test
    void a_green_and_approved_branch_is_merged_forward() {
        String head = work("a.txt", "better\n");
        String id = propose();
        assertThat(show(id).path("title").stringValue()).isEqualTo("Better a.txt");
        assertThat(standing(id)).isEqualTo("WAITING_FOR_CI");
        server.ciSays("births", head, true);
        assertThat(standing(id)).isEqualTo("WAITING_FOR_APPROVAL");
        assertThat(say(id, "approve", Map.of("by", "bob", "head", head)).status())
                .isEqualTo(200);
        assertThat(standing(id)).isEqualTo("READY");

        SourceServer.Answer merged = say(id, "merge", Map.of("by", "eve"));

        assertThat(merged.status()).as(merged.body()).isEqualTo(200);
        assertThat(main()).isEqualTo(new CommitId(head));
        List<Fact> facts = server.facts();
        assertThat(facts.subList(facts.size() - 2, facts.size()))
                .containsExactly(
                        new ProposalMerged(
                                SourceServer.project("births"),
                                new ProposalId(id),
                                "work",
                                "main",
                                new CommitId(head),
                                new CommitId(head),
                                "ada",
                                List.of("bob"),
                                "eve"),
                        new CommitPushed(SourceServer.project("births"), "main", new CommitId(head)));
        assertThat(show(id).path("standing").stringValue()).isEqualTo("MERGED");
        assertThat(say(id, "merge", Map.of("by", "eve")).status()).isEqualTo(409);
    }

    @Test
    void a_target_that_went_on_gets_a_merge_commit() {
        String head = work("a.txt", "better\n");
        String other = otherWork("b.txt", "other\n");
        String id = propose();
        server.ciSays("births", head, true);
        say(id, "approve", Map.of("by", "bob"));

        assertThat(say(id, "merge", Map.of("by", "eve")).status()).isEqualTo(200);

        git.run("fetch", "-q", server.url("births"), "main");
        assertThat(git.run("log", "-1", "--format=%P %an %s", "FETCH_HEAD"))
                .isEqualTo(other + " " + head + " eve Merge work into main: Better a.txt");
        assertThat(git.run("show", "FETCH_HEAD:a.txt")).isEqualTo("better");
        assertThat(git.run("show", "FETCH_HEAD:b.txt")).isEqualTo("other");
        assertThat(git.run("fsck", "--strict")).doesNotContain("error");
    }

    @Test
    void a_conflict_names_the_files_and_moves_nothing() {
        String head = work("a.txt", "better\n");
        String other = otherWork("a.txt", "other\n");
        String id = propose();
        server.ciSays("births", head, true);
        say(id, "approve", Map.of("by", "bob"));

        SourceServer.Answer answer = say(id, "merge", Map.of("by", "eve"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("same lines of a.txt");
        assertThat(main()).isEqualTo(new CommitId(other));
        assertThat(standing(id)).isEqualTo("READY");
    }

    @Test
    void an_approval_is_void_when_the_head_moves() {
        String head = work("a.txt", "better\n");
        String id = propose();
        server.ciSays("births", head, true);
        say(id, "approve", Map.of("by", "bob"));
        String next = work("a.txt", "sly\n");
        assertThat(standing(id)).isEqualTo("WAITING_FOR_CI");
        server.ciSays("births", next, true);

        assertThat(standing(id)).isEqualTo("WAITING_FOR_APPROVAL");
        assertThat(say(id, "merge", Map.of("by", "eve")).body()).contains("takes 1 approvals of its head");
        assertThat(say(id, "approve", Map.of("by", "bob", "head", head)).body()).contains("look at it again");
        assertThat(main()).isEqualTo(new CommitId(base));
    }

    @Test
    void nobody_approves_alone_unless_that_is_allowed() {
        String head = work("a.txt", "better\n");
        String id = propose();
        server.ciSays("births", head, true);

        SourceServer.Answer own = say(id, "approve", Map.of("by", "ada"));
        assertThat(own.status()).isEqualTo(409);
        assertThat(own.body()).contains("ada is the author");

        server.post("api/source/projects/births/review-rules", Map.of("alone", true));
        assertThat(say(id, "approve", Map.of("by", "ada")).status()).isEqualTo(200);
        assertThat(standing(id)).isEqualTo("READY");
    }

    @Test
    void what_ci_or_a_reviewer_turned_down_is_not_merged() {
        String head = work("a.txt", "better\n");
        String id = propose();
        say(id, "approve", Map.of("by", "bob"));
        server.ciSays("births", head, false);
        assertThat(say(id, "merge", Map.of("by", "eve")).body()).contains("CI turned its head", "unit: 2 tests failed");
        server.ciSays("births", head, true);
        say(id, "reject", Map.of("by", "eve", "message", "no"));

        assertThat(say(id, "merge", Map.of("by", "eve")).body()).contains("a reviewer rejected its head");
        assertThat(main()).isEqualTo(new CommitId(base));
    }

    @Test
    void what_cannot_be_proposed_is_told() {
        SourceServer.Answer none =
                server.post("api/source/proposals", Map.of("project", "births", "branch", "work", "by", "ada"));
        assertThat(none.body()).contains("has no branch 'work'");
        git.run("push", "-q", server.url("births"), "work");
        SourceServer.Answer nothing =
                server.post("api/source/proposals", Map.of("project", "births", "branch", "work", "by", "ada"));
        assertThat(nothing.body()).contains("has nothing that 'main' does not have");
        work("a.txt", "better\n");
        String id = propose();
        SourceServer.Answer twice =
                server.post("api/source/proposals", Map.of("project", "births", "branch", "work", "by", "ada"));
        assertThat(twice.status()).isEqualTo(409);
        assertThat(twice.body()).contains("proposed for 'main' already: " + id);
    }

    @Test
    void a_proposal_ends_with_its_branch() {
        work("a.txt", "better\n");
        String id = propose();
        git.run("push", "-q", server.url("births"), ":work");

        assertThat(standing(id)).isEqualTo("CLOSED");
        assertThat(server.get("api/source/proposals?state=open").json().path("proposals"))
                .isEmpty();
    }

    /** As a kill behind the move of the branch leaves it: begun in the rows, done in git, told to nobody. */
    @Test
    void a_merge_that_was_cut_short_behind_git_is_told_once() {
        String head = work("a.txt", "better\n");
        String id = begun(head);
        server.close();
        git.run(
                "push",
                "-q",
                folder.resolve("server/source/repositories/births.git").toString(),
                "work:main");

        server = SourceServer.start(folder.resolve("server"));

        assertThat(standing(id)).isEqualTo("MERGED");
        assertThat(server.facts(ProposalMerged.class)).hasSize(1);
        server.close();
        server = SourceServer.start(folder.resolve("server"));
        assertThat(server.facts(ProposalMerged.class)).hasSize(1);
        assertThat(server.facts(CommitPushed.class))
                .filteredOn(it -> it.branch().equals("main"))
                .hasSize(2);
    }

    @Test
    void a_merge_that_was_cut_short_before_git_is_made_at_the_next_start() {
        String head = work("a.txt", "better\n");
        String id = begun(head);
        server.close();

        server = SourceServer.start(folder.resolve("server"));

        assertThat(standing(id)).isEqualTo("MERGED");
        assertThat(main()).isEqualTo(new CommitId(head));
    }

    @Test
    void a_merge_that_was_cut_short_is_off_when_the_target_has_moved() {
        String head = work("a.txt", "better\n");
        String id = begun(head);
        String other = otherWork("b.txt", "other\n");
        server.close();

        server = SourceServer.start(folder.resolve("server"));

        assertThat(standing(id)).isEqualTo("READY");
        assertThat(main()).isEqualTo(new CommitId(other));
        assertThat(server.facts(ProposalMerged.class)).isEmpty();
        assertThat(say(id, "merge", Map.of("by", "eve")).status()).isEqualTo(200);
    }

    private String begun(String head) {
        String id = propose();
        server.ciSays("births", head, true);
        say(id, "approve", Map.of("by", "bob"));
        ProposalStore rows = new ProposalStore();
        ProposalId proposal = new ProposalId(id);
        server.store.database().change(tx -> {
            Proposal now = rows.find(tx, proposal).orElseThrow();
            assertThat(rows.move(tx, now, ProposalState.Event.MERGE_BEGAN)).isTrue();
            rows.mergeBegan(tx, proposal, new CommitId(base), new CommitId(head), "eve");
        });
        return id;
    }
}
