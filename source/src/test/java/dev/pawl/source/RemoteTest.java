package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Fact.CommitPushed;
import dev.pawl.pipeline.SecretName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteTest {
    private static final String HOOK_SECRET = "hush-hush";

    @TempDir
    Path folder;

    private SourceServer server;
    private Git elsewhere;

    @BeforeEach
    void start() {
        elsewhere = Git.init(folder.resolve("elsewhere"));
        server = SourceServer.start(folder.resolve("server"));
        server.secrets.set(new SecretName(Optional.empty(), "hook"), HOOK_SECRET);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void connect(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.putIfAbsent("url", "file://" + elsewhere.folder());
        SourceServer.Answer answer = server.post("api/source/projects/births/remote", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void awaitPushed(String branch, String commit) {
        server.await(
                branch + " at " + commit,
                () -> server.facts(CommitPushed.class).stream()
                        .filter(fact -> fact.branch().equals(branch)
                                && fact.commit().value().equals(commit))
                        .findFirst());
    }

    private String signature(String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(HOOK_SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    }

    private Remote remote() {
        return server.source.remotes().remote(SourceServer.project("births"));
    }

    private void awaitFetched() {
        server.await("a fetch", () -> remote().fetchedAt());
    }

    @Test
    void what_is_elsewhere_is_here_with_branches_and_tags_and_is_polled() {
        String one = elsewhere.write("a.txt", "a").commit("one");
        elsewhere.run("tag", "v1");
        connect(Map.of("poll", "10s"));
        awaitPushed("main", one);
        awaitFetched();
        assertThat(remote().nextFetchAt()).isPresent();

        String two = elsewhere.commit("two");
        elsewhere.run("branch", "side");
        awaitPushed("side", two);
        awaitPushed("main", two);

        assertThat(server.get("api/source/projects/births").json().path("tags").toString())
                .contains("v1", one);
        elsewhere.run("clone", "-q", server.url("births"), "../clone");
        assertThat(new Git(folder.resolve("clone")).run("rev-parse", "HEAD")).isEqualTo(two);
    }

    @Test
    void what_is_gone_or_rewritten_there_is_so_here() {
        elsewhere.commit("one");
        elsewhere.run("branch", "side");
        connect(Map.of());
        awaitFetched();
        elsewhere.run("commit", "-q", "--amend", "--allow-empty", "-m", "better");
        String better = elsewhere.run("rev-parse", "HEAD");
        elsewhere.run("branch", "-D", "side");

        assertThat(server.post("api/source/projects/births/fetch", Map.of()).status())
                .isEqualTo(202);
        awaitPushed("main", better);

        assertThat(server.source.repositories().heads(SourceServer.project("births")))
                .containsOnlyKeys("main");
    }

    @Test
    void a_mirror_takes_no_push_until_it_is_disconnected() {
        elsewhere.commit("one");
        connect(Map.of());
        awaitFetched();
        Git copy = Git.init(folder.resolve("copy"));
        copy.commit("mine");

        Git.Result push = copy.attempt("push", server.url("births"), "main:mine");
        assertThat(push.succeeded()).isFalse();
        assertThat(push.output()).contains("'births' is a mirror of file://", "pawl source disconnect births");

        assertThat(server.delete("api/source/projects/births/remote").status()).isEqualTo(200);
        copy.run("push", server.url("births"), "main:mine");
        assertThat(server.post("api/source/projects/births/fetch", Map.of()).status())
                .isEqualTo(404);
    }

    @Test
    void branches_that_were_pushed_are_not_lost_by_accident() {
        elsewhere.commit("one");
        Git copy = Git.init(folder.resolve("copy"));
        copy.commit("mine");
        copy.run("push", server.url("births"), "main:mine");

        SourceServer.Answer answer =
                server.post("api/source/projects/births/remote", Map.of("url", "file://" + elsewhere.folder()));
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body()).contains("a mirror would lose them");

        connect(Map.of("replace", true));
        awaitFetched();
        assertThat(server.source.repositories().heads(SourceServer.project("births")))
                .containsOnlyKeys("main");
    }

    @Test
    void a_remote_that_fails_says_why_and_is_tried_again() {
        connect(Map.of("url", "file://" + folder.resolve("nowhere")));

        String trouble = server.await("trouble", () -> remote().trouble());

        assertThat(trouble).contains("Cannot fetch file://", "nowhere");
        assertThat(remote().nextFetchAt()).isPresent();
        assertThat(remote().failures()).isPositive();
    }

    @Test
    void an_address_that_cannot_be_right_is_refused() {
        for (String url : new String[] {"ssh://git@host/x.git", "https://ada:pw@host/x.git", "births", "a b"}) {
            SourceServer.Answer answer = server.post("api/source/projects/births/remote", Map.of("url", url));
            assertThat(answer.status()).as(url).isEqualTo(400);
        }
        SourceServer.Answer answer = server.post(
                "api/source/projects/births/remote",
                Map.of("url", "file://" + elsewhere.folder(), "webhook_secret", "not-set"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("needs the secret 'not-set'");
    }

    @Test
    void a_signed_webhook_fetches_at_once_and_twice_is_harmless() throws Exception {
        elsewhere.commit("one");
        connect(Map.of("webhook_secret", "hook"));
        awaitFetched();
        String two = elsewhere.commit("two");
        String body = "{\"ref\":\"refs/heads/main\"}";
        Map<String, String> headers = Map.of("X-Hub-Signature-256", "sha256=" + signature(body));

        assertThat(server.post("api/source/hooks/births", body, headers).status())
                .isEqualTo(202);
        awaitPushed("main", two);
        assertThat(server.post("api/source/hooks/births", body, headers).status())
                .isEqualTo(202);
        server.await("rest", () -> server.store.idle() ? Optional.of(true) : Optional.empty());

        assertThat(server.facts(CommitPushed.class)).hasSize(2);
    }

    @Test
    void a_webhook_that_is_not_signed_changes_nothing() throws Exception {
        elsewhere.commit("one");
        connect(Map.of("webhook_secret", "hook"));
        awaitFetched();
        elsewhere.commit("two");
        long asked = remote().asked();
        String body = "{}";

        assertThat(server.post("api/source/hooks/births", body, Map.of()).status())
                .isEqualTo(401);
        assertThat(server.post("api/source/hooks/births", body, Map.of("X-Gitlab-Token", "hush"))
                        .status())
                .isEqualTo(401);
        assertThat(server.post("api/source/hooks/births", body + " ", Map.of("X-Gitea-Signature", signature(body)))
                        .status())
                .isEqualTo(401);
        assertThat(server.post("api/source/hooks/other", body, Map.of()).status())
                .isEqualTo(404);

        assertThat(remote().asked()).isEqualTo(asked);
        assertThat(server.facts(CommitPushed.class)).hasSize(1);
    }

    @Test
    void a_webhook_too_long_is_refused_before_it_is_read_to_its_end() throws Exception {
        elsewhere.commit("one");
        connect(Map.of("webhook_secret", "hook"));
        awaitFetched();
        long asked = remote().asked();
        String body = "x".repeat(26 * 1024 * 1024);

        assertThat(server.post("api/source/hooks/births", body, Map.of("X-Gitea-Signature", signature(body)))
                        .status())
                .isEqualTo(429);
        assertThat(remote().asked()).isEqualTo(asked);
    }

    @Test
    void a_project_without_a_webhook_secret_takes_no_webhook() {
        elsewhere.commit("one");
        connect(Map.of());

        assertThat(server.post("api/source/hooks/births", "{}", Map.of("X-Gitlab-Token", ""))
                        .status())
                .isEqualTo(401);
    }

    /** Stopped before its workers could do anything: as a kill behind the answer would leave it. */
    @Test
    void a_webhook_that_was_acknowledged_outlives_a_kill() {
        elsewhere.commit("one");
        connect(Map.of("webhook_secret", "hook"));
        awaitFetched();
        String two = elsewhere.commit("two");
        server.source.close();

        assertThat(server.post("api/source/hooks/births", "{}", Map.of("X-Gitlab-Token", HOOK_SECRET))
                        .status())
                .isEqualTo(202);
        assertThat(server.facts(CommitPushed.class)).hasSize(1);
        server.close();

        server = SourceServer.start(folder.resolve("server"));
        awaitPushed("main", two);
    }
}
