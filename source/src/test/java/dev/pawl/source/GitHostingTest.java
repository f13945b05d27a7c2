package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact.CommitPushed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GitHostingTest {
    private static final long MOST_PACK_BYTES = 8L * 1024 * 1024;

    @TempDir
    Path folder;

    private SourceServer server;
    private Git git;

    @BeforeEach
    void start() {
        git = Git.init(folder.resolve("copy"));
        server = SourceServer.start(folder.resolve("server"), MOST_PACK_BYTES);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void the_first_push_makes_the_repository_and_is_a_fact() {
        String commit = git.write("a.txt", "a").commit("one");

        String output = git.run("push", server.url("births"), "main");

        assertThat(server.facts(CommitPushed.class))
                .containsExactly(new CommitPushed(SourceServer.project("births"), "main", new CommitId(commit)));
        assertThat(output)
                .contains("pawl: CI run ci-1 started for main at " + commit.substring(0, 7))
                .contains("/api/ci/ci-1");
    }

    @Test
    void a_clone_of_what_is_not_there_says_so() {
        Git.Result clone = git.attempt("clone", server.url("nothing"), "elsewhere");

        assertThat(clone.succeeded()).isFalse();
        assertThat(clone.output()).contains("There is no repository 'nothing' here yet: the first push makes it");
    }

    @Test
    void a_name_that_no_project_can_have_is_refused() {
        git.commit("one");

        Git.Result push = git.attempt("push", server.url("Births%20Two"), "main");

        assertThat(push.succeeded()).isFalse();
        assertThat(push.output()).contains("is not a project name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2"})
    void clone_fetch_and_shallow_clone_work(String protocol) throws Exception {
        git.write("a.txt", "a").commit("one");
        git.write("a.txt", "b").commit("two");
        git.run("push", server.url("births"), "main");
        String version = "protocol.version=" + protocol;

        git.run("-c", version, "clone", "-q", server.url("births"), "../full");
        git.run("-c", version, "clone", "-q", "--depth", "1", server.url("births"), "../shallow");
        String third = git.write("a.txt", "c").commit("three");
        git.run("push", server.url("births"), "main");
        Git full = new Git(folder.resolve("full"));
        full.run("-c", version, "pull", "-q");

        assertThat(full.run("rev-parse", "HEAD")).isEqualTo(third);
        assertThat(Files.readString(folder.resolve("full/a.txt"))).isEqualTo("c");
        assertThat(new Git(folder.resolve("shallow")).run("rev-list", "--count", "HEAD"))
                .isEqualTo("1");
    }

    @Test
    void jgit_is_a_client_too() throws Exception {
        String commit = git.write("a.txt", "a").commit("one");
        git.run("push", server.url("births"), "main");

        try (var clone = org.eclipse.jgit.api.Git.cloneRepository()
                .setURI(server.url("births"))
                .setDirectory(folder.resolve("jgit").toFile())
                .call()) {
            assertThat(clone.getRepository().resolve("HEAD")).hasToString("AnyObjectId[" + commit + "]");
        }
    }

    @Test
    void long_requests_come_compressed_and_big_pushes_in_pieces() throws Exception {
        byte[] noise = new byte[3 * 1024 * 1024];
        new Random(7).nextBytes(noise);
        Files.write(git.folder().resolve("noise.bin"), noise);
        git.commit("noise");
        for (int i = 0; i < 60; i++) {
            git.commit("commit " + i);
            git.run("branch", "branch-" + i);
        }

        git.run("push", "-q", server.url("births"), "main");
        git.run("push", "-q", server.url("births"), "--all");
        git.run("clone", "-q", server.url("births"), "../copy2");

        assertThat(folder.resolve("copy2/noise.bin")).hasBinaryContent(noise);
        assertThat(server.facts(CommitPushed.class)).hasSize(61);
    }

    @Test
    void a_forced_push_is_a_fact_and_a_deleted_branch_is_none() {
        git.commit("one");
        String two = git.commit("two");
        git.run("push", server.url("births"), "main", "main:old");
        git.run("commit", "-q", "--amend", "--allow-empty", "-m", "two, better");
        String better = git.run("rev-parse", "HEAD");

        git.run("push", "--force", server.url("births"), "main");
        git.run("push", server.url("births"), ":old");

        assertThat(server.facts(CommitPushed.class))
                .extracting(fact -> fact.branch() + " " + fact.commit())
                .containsExactly("main " + two, "old " + two, "main " + better);
        assertThat(server.source.repositories().heads(SourceServer.project("births")))
                .containsOnlyKeys("main")
                .containsValue(new CommitId(better));
    }

    @Test
    void a_repository_without_main_is_cloned_from_the_branch_it_has() {
        String commit = git.write("a.txt", "a").commit("one");
        git.run("push", server.url("births"), "main:trunk");

        git.run("clone", "-q", server.url("births"), "../full");

        assertThat(new Git(folder.resolve("full")).run("rev-parse", "HEAD")).isEqualTo(commit);
    }

    @Test
    void only_branches_and_tags_are_taken() {
        git.commit("one");

        Git.Result push = git.attempt("push", server.url("births"), "main:refs/notes/x");

        assertThat(push.succeeded()).isFalse();
        assertThat(push.output()).contains("only branches and tags can be pushed here");
        assertThat(git.attempt("push", server.url("births"), "main:refs/tags/v1")
                        .succeeded())
                .isTrue();
        assertThat(server.facts()).isEmpty();
    }

    @Test
    void a_push_that_is_too_big_changes_nothing() throws Exception {
        byte[] noise = new byte[(int) MOST_PACK_BYTES / 2];
        Random random = new Random(7);
        for (String file : List.of("a.bin", "b.bin", "c.bin")) {
            random.nextBytes(noise);
            Files.write(git.folder().resolve(file), noise);
        }
        git.commit("noise");

        Git.Result push = git.attempt("push", server.url("births"), "main");

        assertThat(push.succeeded()).isFalse();
        assertThat(push.output()).containsIgnoringCase("exceeds the limit");
        assertThat(server.facts()).isEmpty();
        assertThat(server.source.repositories().heads(SourceServer.project("births")))
                .isEmpty();
    }

    @Test
    void an_object_that_is_too_big_is_refused_however_well_it_packs() throws Exception {
        Files.write(git.folder().resolve("zeros.bin"), new byte[(int) MOST_PACK_BYTES + 1024]);
        git.commit("zeros");

        Git.Result push = git.attempt("push", server.url("births"), "main");

        assertThat(push.succeeded()).isFalse();
        assertThat(push.output()).contains("Object too large").contains("limit is 8,388,608 bytes");
        assertThat(server.facts()).isEmpty();
    }

    @Test
    void a_branch_is_a_commit() throws Exception {
        git.write("a.txt", "a").commit("one");
        git.run("tag", "-a", "v1", "-m", "first");
        String blob = git.run("rev-parse", "HEAD:a.txt");
        git.run("push", "-q", server.url("births"), "main", "v1");

        for (String none : List.of(blob + ":refs/heads/blob", "v1:refs/heads/v1")) {
            Git.Result push = git.attempt("push", server.url("births"), none);
            assertThat(push.succeeded()).as(push.output()).isFalse();
            assertThat(push.output()).contains("a branch points to a commit, and this is none");
        }

        Files.writeString(repository().resolve("refs/heads/blob"), blob + "\n");
        assertThat(server.source.repositories().heads(SourceServer.project("births")))
                .containsOnlyKeys("main");
    }

    private Path repository() {
        return folder.resolve("server/source/repositories/births.git");
    }

    @Test
    void what_a_kill_left_locked_is_free_again() throws Exception {
        git.commit("one");
        git.run("push", "-q", server.url("births"), "main", "main:team/side");
        server.close();
        for (String lock :
                List.of("HEAD.lock", "packed-refs.lock", "refs/heads/main.lock", "refs/heads/team/side.lock")) {
            Files.createFile(repository().resolve(lock));
        }

        server = SourceServer.start(folder.resolve("server"), MOST_PACK_BYTES);

        git.commit("two");
        git.run("push", "-q", server.url("births"), "main", "main:team/side");
        git.run("push", "-q", server.url("births"), ":team/side");
    }

    @Test
    void a_kill_between_the_branch_and_its_fact_loses_nothing_and_doubles_nothing() {
        git.commit("one");
        git.run("push", server.url("births"), "main");
        server.close();
        git.commit("two");
        git.run("push", folder.resolve("server/source/repositories/births.git").toString(), "main", "main:side");

        server = SourceServer.start(folder.resolve("server"));
        server.source.repositories().reconcile(SourceServer.project("births"));

        assertThat(server.facts(CommitPushed.class))
                .extracting(CommitPushed::branch)
                .containsExactly("main", "main", "side");
    }

    @Test
    void nothing_is_written_into_the_users_home() {
        git.commit("one");
        git.run("push", server.url("births"), "main");

        assertThat(Path.of(System.getProperty("user.home"), ".config/jgit")).doesNotExist();
    }
}
