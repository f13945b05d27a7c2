package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CommitId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectedBranchTest {
    @TempDir
    Path folder;

    private SourceServer server;
    private Git git;
    private String first;

    @BeforeEach
    void start() {
        git = Git.init(folder.resolve("copy"));
        server = SourceServer.start(folder.resolve("server"));
        first = git.commit("one");
        git.run("push", "-q", server.url("births"), "main", "main:release/1", "main:side");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void protect(String branch, boolean review) {
        SourceServer.Answer answer =
                server.post("api/source/projects/births/protections", Map.of("branch", branch, "review", review));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private String refused(String... refs) {
        String[] arguments = new String[refs.length + 2];
        arguments[0] = "push";
        arguments[1] = server.url("births");
        System.arraycopy(refs, 0, arguments, 2, refs.length);
        Git.Result push = git.attempt(arguments);
        assertThat(push.succeeded()).as(push.output()).isFalse();
        return push.output();
    }

    @Test
    void a_protected_branch_goes_forward_only() {
        protect("main", false);
        protect("release/*", false);
        git.run("commit", "-q", "--amend", "--allow-empty", "-m", "rewritten");

        assertThat(refused("+main")).contains("main is protected: it takes no forced push");
        assertThat(refused(":main")).contains("main is protected: it is not deleted");
        assertThat(refused(":release/1")).contains("release/1 is protected");
        assertThat(server.source.repositories().heads(SourceServer.project("births")))
                .containsEntry("main", new CommitId(first));
        git.run("push", "-q", server.url("births"), "+main:side");
        git.run("reset", "-q", "--hard", first);
        git.commit("two");
        git.run("push", "-q", server.url("births"), "main");
    }

    @Test
    void one_for_review_takes_no_push_at_all() {
        protect("main", true);
        git.commit("two");

        assertThat(refused("main")).contains("it takes merges only", "pawl propose");
        git.run("push", "-q", server.url("births"), "main:work");

        assertThat(server.delete("api/source/projects/births/protections?branch=main")
                        .status())
                .isEqualTo(200);
        git.run("push", "-q", server.url("births"), "main");
        assertThat(server.delete("api/source/projects/births/protections?branch=main")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void one_for_review_begins_with_what_reviewers_let_in() {
        protect("release/*", true);
        String two = git.commit("two");

        assertThat(refused("main:release/2")).contains("release/2 is protected: it begins where");
        assertThat(server.source.isReviewed(SourceServer.project("births"), new CommitId(two)))
                .isFalse();
        git.run("push", "-q", server.url("births"), first + ":refs/heads/release/2");
        git.run("push", "-q", server.url("births"), "main:work");
    }

    @Test
    void the_first_push_makes_branches_for_review_too() {
        SourceServer.Answer answer =
                server.post("api/source/projects/deaths/protections", Map.of("branch", "*", "review", true));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);

        git.run("push", "-q", server.url("deaths"), "main", "main:side");

        assertThat(server.source.isReviewed(SourceServer.project("deaths"), new CommitId(first)))
                .isTrue();
    }

    @Test
    void only_what_such_a_branch_has_is_reviewed() {
        String two = git.commit("two");
        git.run("push", "-q", server.url("births"), "main:work");
        assertThat(server.source.isReviewed(SourceServer.project("births"), new CommitId(first)))
                .isFalse();
        protect("main", true);

        assertThat(server.source.isReviewed(SourceServer.project("births"), new CommitId(first)))
                .isTrue();
        assertThat(server.source.isReviewed(SourceServer.project("births"), new CommitId(two)))
                .isFalse();
        server.post("api/source/proposals", Map.of("project", "births", "branch", "work", "by", "ada"));
        assertThat(server.source.isReviewed(SourceServer.project("births"), new CommitId(two)))
                .isFalse();
        server.post("api/source/proposals/1/approve", Map.of("by", "bob"));
        assertThat(server.source.isReviewed(SourceServer.project("births"), new CommitId(two)))
                .isTrue();
        server.post("api/source/proposals/1/reject", Map.of("by", "eve"));
        assertThat(server.source.isReviewed(SourceServer.project("births"), new CommitId(two)))
                .isFalse();
    }

    @Test
    void tags_are_pushed_and_deleted() {
        git.run("tag", "-a", "v1", "-m", "first");
        git.run("push", "-q", server.url("births"), "v1");
        assertThat(server.get("api/source/projects/births").json().path("tags").toString())
                .contains("v1");

        git.run("push", "-q", server.url("births"), ":v1");
        assertThat(server.get("api/source/projects/births").json().path("tags")).isEmpty();
    }
}
