package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.SecretName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Remotes over HTTP: another server of Pawl's, behind one that asks for a name and a token. */
class RemoteHttpTest {
    private static final ProjectName BIRTHS = new ProjectName("births");
    private static final String TOKEN = "t0k3n-of-ada";

    @TempDir
    Path folder;

    private SourceServer there;
    private SourceServer server;
    private Git git;
    private String commit;

    @BeforeEach
    void start() {
        git = Git.init(folder.resolve("copy"));
        there = SourceServer.start(folder.resolve("there"));
        server = SourceServer.start(folder.resolve("server"));
        server.secrets.set(new SecretName(Optional.empty(), "token"), TOKEN);
        commit = git.write("a.txt", "a").commit("one");
        git.run("push", "-q", there.url("births"), "main");
    }

    @AfterEach
    void stop() {
        server.close();
        there.close();
    }

    private Remote remote() {
        return server.source.remotes().remote(BIRTHS);
    }

    private void connect(String url, Map<String, String> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("url", url);
        SourceServer.Answer answer = server.post("api/source/projects/births/remote", body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private void awaitFetched() {
        server.await("a fetch", () -> remote().fetchedAt());
        assertThat(server.source.repositories().heads(BIRTHS).get("main")).hasToString(commit);
    }

    private static String basic(String user, String token) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void git_over_http_is_fetched() {
        connect(there.url("births"), Map.of());

        awaitFetched();
    }

    @Test
    void a_token_opens_what_is_private() {
        try (Gate gate = Gate.before(there.address(), basic("ada", TOKEN))) {
            connect(gate.url() + "git/births.git", Map.of("secret", "token", "user", "ada"));

            awaitFetched();
        }
    }

    @Test
    void without_a_token_it_says_so() {
        try (Gate gate = Gate.before(there.address(), basic("ada", TOKEN))) {
            connect(gate.url() + "git/births.git", Map.of());

            assertThat(server.await("trouble", () -> remote().trouble())).containsIgnoringCase("auth");
        }
    }

    @Test
    void whom_a_remote_redirects_to_does_not_get_the_token() {
        try (Gate thief = Gate.before(there.address(), basic("ada", TOKEN));
                HostApi redirecting = HostApi.redirecting(thief.url())) {
            connect(redirecting.url() + "/git/births.git", Map.of("secret", "token", "user", "ada"));

            assertThat(server.await("trouble", () -> remote().trouble())).doesNotContain(TOKEN);
            assertThat(thief.asked()).isNotEmpty().doesNotContain(basic("ada", TOKEN));
        }
    }

    @Test
    void a_fetch_has_bounds() throws Exception {
        byte[] noise = new byte[1024 * 1024];
        new Random(7).nextBytes(noise);
        Files.write(git.folder().resolve("noise.bin"), noise);
        git.commit("noise");
        git.run("push", "-q", there.url("births"), "main");

        assertThatThrownBy(() -> fetch(Duration.ofMinutes(1), 100_000))
                .hasMessageContaining("exceeds the limit of 100,000 bytes");
        assertThatThrownBy(() -> fetch(Duration.ZERO, Long.MAX_VALUE)).hasMessageContaining("longer than 0 s");
        assertThat(server.source.repositories().heads(BIRTHS)).isEmpty();
        fetch(Duration.ofMinutes(1), Long.MAX_VALUE);
        assertThat(server.source.repositories().heads(BIRTHS)).hasSize(1);
    }

    private void fetch(Duration longest, long mostBytes) {
        var settings = new Remote.Settings(
                there.url("births"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        var remote =
                new Remote(BIRTHS, settings, 0, 0, Optional.empty(), Optional.empty(), Optional.empty(), Instant.EPOCH);
        try (Repository repository = server.source.repositories().openOrCreate(BIRTHS)) {
            new RemoteFetch(server.store.clock(), server.secrets, longest, mostBytes).fetch(repository, remote);
        }
    }
}
