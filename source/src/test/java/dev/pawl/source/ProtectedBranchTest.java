package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.CommitId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
    void what_is_protected_while_a_push_is_on_its_way_does_not_take_it() throws Exception {
        byte[] noise = new byte[512 * 1024];
        new Random(7).nextBytes(noise);
        Files.write(git.folder().resolve("noise.bin"), noise);
        String two = git.commit("two");
        byte[] body = pushOf(first + " " + two + " refs/heads/main");
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.address()).getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write("""
                POST /git/births.git/git-receive-pack HTTP/1.1\r
                Host: 127.0.0.1\r
                Content-Type: application/x-git-receive-pack-request\r
                Content-Length: %d\r
                \r
                """.formatted(body.length).getBytes(StandardCharsets.UTF_8));
            out.write(body, 0, body.length / 2);
            out.flush();
            server.await("the first half", () -> Optional.of(true).filter(_ -> isComingIn()));
            protect("main", true);
            out.write(body, body.length / 2, body.length - body.length / 2);
            out.flush();

            assertThat(answer(socket)).contains("ng refs/heads/main main is protected: it takes merges only");
        }
        assertThat(server.source.repositories().heads(SourceServer.project("births")))
                .containsEntry("main", new CommitId(first));
    }

    /** As git sends it, with all that there is. */
    private byte[] pushOf(String command) throws IOException {
        git.run("repack", "-a", "-d", "-q");
        Path pack = Folders.files(git.folder().resolve(".git/objects/pack")).stream()
                .filter(file -> file.toString().endsWith(".pack"))
                .findFirst()
                .orElseThrow();
        String line = command + "\0 report-status";
        var body = new ByteArrayOutputStream();
        body.writeBytes("%04x%s0000".formatted(line.length() + 4, line).getBytes(StandardCharsets.UTF_8));
        body.writeBytes(Files.readAllBytes(pack));
        return body.toByteArray();
    }

    /** Up to what it says of the branch. */
    private static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        StringBuilder said = new StringBuilder();
        byte[] buffer = new byte[1024];
        while (!said.toString().matches("(?s).*(ok|ng) refs/heads/main[^\n]*\n.*")) {
            int length = socket.getInputStream().read(buffer);
            assertThat(length).as(said.toString()).isPositive();
            said.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
        }
        return said.toString();
    }

    private boolean isComingIn() {
        return Folders.entries(folder.resolve("server/source/repositories/births.git/objects")).stream()
                .anyMatch(file -> file.getFileName().toString().startsWith("incoming_"));
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
