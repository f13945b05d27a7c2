package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Json;
import dev.pawl.pipeline.SecretName;
import dev.pawl.store.Jobs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class CommitStatusTest {
    private static final String TOKEN = "t0k3n-of-ada";

    @TempDir
    Path folder;

    private SourceServer server;
    private HostApi api;
    private Git elsewhere;

    @BeforeEach
    void start() {
        elsewhere = Git.init(folder.resolve("ada/births"));
        api = HostApi.start();
        server = SourceServer.start(folder.resolve("server"));
        server.secrets.set(new SecretName(Optional.empty(), "token"), TOKEN);
    }

    @AfterEach
    void stop() {
        server.close();
        api.close();
    }

    private String connect(String host) {
        String commit = elsewhere.commit("one");
        SourceServer.Answer answer = server.post(
                "api/source/projects/births/remote",
                Map.of("url", "file://" + elsewhere.folder(), "host", host, "secret", "token", "api", api.url() + "/"));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        awaitAsked(1);
        return commit;
    }

    private List<HostApi.Asked> awaitAsked(int count) {
        return server.await(
                count + " requests", () -> api.asked().size() >= count ? Optional.of(api.asked()) : Optional.empty());
    }

    private void awaitRest() {
        server.await("rest", () -> server.store.idle() ? Optional.of(true) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "github, /repos/ada/births/statuses/COMMIT, pending, success, failure",
        "gitea, /repos/ada/births/statuses/COMMIT, pending, success, failure",
        "gitlab, /projects/PATH/statuses/COMMIT, pending, success, failed",
        "bitbucket, /repositories/ada/births/commit/COMMIT/statuses/build, INPROGRESS, SUCCESSFUL, FAILED"
    })
    void the_host_is_told_in_its_own_words(String host, String path, String pending, String success, String failure) {
        String commit = connect(host);
        server.ciSays("births", commit, true);
        server.ciSays("births", commit, false);

        List<HostApi.Asked> asked = awaitAsked(3);

        String encoded = elsewhere.folder().toString().substring(1).replace("/", "%2F");
        assertThat(asked).allSatisfy(it -> {
            assertThat(it.method()).isEqualTo("POST");
            assertThat(it.path()).isEqualTo(path.replace("COMMIT", commit).replace("PATH", encoded));
            assertThat(it.header("Content-type")).hasValue("application/json");
        });
        assertThat(asked)
                .extracting(it -> Json.tree(it.body()).path("state").stringValue())
                .containsExactly(pending, success, failure);
        assertThat(Json.tree(asked.getLast().body()).path("description").stringValue())
                .isEqualTo("unit: 2 tests failed");
        String link = host.equals("bitbucket") ? "url" : "target_url";
        assertThat(Json.tree(asked.getLast().body()).path(link).stringValue())
                .isEqualTo(server.address() + "api/ci/ci-1");
        String name = host.equals("bitbucket") ? "key" : "context";
        assertThat(Json.tree(asked.getLast().body()).path(name).stringValue()).isEqualTo("pawl");
        assertThat(server.get("api/source/projects/births").body()).doesNotContain(TOKEN);
    }

    @ParameterizedTest
    @CsvSource({
        "github, Authorization, Bearer t0k3n-of-ada",
        "gitea, Authorization, token t0k3n-of-ada",
        "gitlab, Private-token, t0k3n-of-ada",
        "bitbucket, Authorization, Bearer t0k3n-of-ada"
    })
    void the_token_goes_where_the_host_wants_it(String host, String header, String value) {
        connect(host);

        HostApi.Asked asked = api.asked().getFirst();
        assertThat(asked.header(header)).hasValue(value);
        if (host.equals("github")) {
            assertThat(asked.header("Accept")).hasValue("application/vnd.github+json");
            assertThat(asked.header("X-github-api-version")).hasValue("2022-11-28");
        }
    }

    /** From {@code src/test/gitea/run}: what Gitea 1.24 took. */
    @Test
    void a_gitea_is_told_what_a_real_one_took() throws Exception {
        String commit = connect("gitea");
        server.ciSays("births", commit, true);

        List<HostApi.Asked> asked = awaitAsked(2);

        for (int i = 0; i < asked.size(); i++) {
            Recording taken = Recording.read("status-" + (i + 1));
            assertThat(Recording.read("status-" + (i + 1) + "-answer").first()).isEqualTo("201");
            assertThat("POST /api/v1" + asked.get(i).path().replace(commit, "COMMIT"))
                    .isEqualTo(taken.first().replaceAll("[0-9a-f]{40}", "COMMIT"));
            assertThat(asked.get(i).header("Authorization")).hasValue("token " + TOKEN);
            assertThat(taken.headers()).containsEntry("Authorization", "token TOKEN");
            JsonNode said = Json.tree(asked.get(i).body());
            JsonNode then = Json.tree(taken.body());
            assertThat(said.propertyNames()).containsExactlyElementsOf(then.propertyNames());
            assertThat(said.path("state")).isEqualTo(then.path("state"));
            assertThat(said.path("context")).isEqualTo(then.path("context"));
        }
    }

    @Test
    void a_host_that_is_away_is_told_later() {
        api.next(503, "away");
        String commit = connect("github");

        assertThat(awaitAsked(2)).hasSize(2);
        awaitRest();
        assertThat(status(commit).path("told").asInt()).isEqualTo(1);
    }

    @Test
    void a_host_that_refuses_is_not_asked_again_and_never_sees_the_token_repeated() {
        api.next(404, "no such repository for " + TOKEN);
        String commit = connect("github");
        awaitRest();

        assertThat(api.asked()).hasSize(1);
        assertThat(status(commit).path("told").asInt()).isZero();
        assertThat(status(commit).path("trouble").stringValue())
                .isEqualTo("The host answered 404: no such repository for ***");
    }

    @Test
    void a_token_that_no_header_takes_is_not_repeated() {
        server.secrets.set(new SecretName(Optional.empty(), "token"), TOKEN + "\n" + TOKEN);
        String commit = elsewhere.commit("one");
        server.post(
                "api/source/projects/births/remote",
                Map.of("url", "file://" + elsewhere.folder(), "host", "github", "secret", "token", "api", api.url()));
        String trouble = server.await(
                "the trouble",
                () -> server.get("api/source/projects/births")
                        .json()
                        .path("statuses")
                        .valueStream()
                        .filter(it -> it.path("commit").stringValue().equals(commit))
                        .map(it -> it.path("trouble"))
                        .filter(JsonNode::isString)
                        .map(JsonNode::stringValue)
                        .findFirst());

        assertThat(trouble).contains("secret 'token'", "cannot be sent").doesNotContain(TOKEN);
        assertThat(api.asked()).isEmpty();
    }

    @Test
    @Timeout(60)
    void a_host_that_never_ends_its_answer_is_given_up() throws Exception {
        CommitId commit = new CommitId(connect("github"));
        awaitRest();
        api.stall();
        var job = new Jobs.Job(
                "job", StatusAttempt.QUEUE, StatusAttempt.key(SourceServer.project("births"), commit), "", 1, 0, 1);

        try (var telling =
                new StatusAttempt(server.store, server.secrets, new ServerAddress(), Duration.ofMillis(500))) {
            server.store.database().change(telling.attempt(job));
        }

        assertThat(status(commit.value()).path("trouble").stringValue()).contains("does not answer within");
    }

    @Test
    void gitlab_that_knows_the_state_already_is_content() {
        api.next(400, "{\"message\":\"Cannot transition status via :enqueue from :pending\"}");
        String commit = connect("gitlab");
        awaitRest();

        assertThat(status(commit).path("told").asInt()).isEqualTo(1);
    }

    @Test
    void what_was_to_be_told_outlives_a_restart() {
        String commit = connect("github");
        awaitRest();
        server.close();
        server = SourceServer.start(folder.resolve("server"));

        server.ciSays("births", commit, true);

        assertThat(Json.tree(awaitAsked(2).getLast().body()).path("state").stringValue())
                .isEqualTo("success");
    }

    @ParameterizedTest
    @CsvSource({
        "https://github.com/ada/births.git, github, https://api.github.com/repos/ada/births/statuses/",
        "https://git.example.org/ada/births, github, https://git.example.org/api/v3/repos/ada/births/statuses/",
        "https://git.example.org:8443/ada/births.git/, gitea,"
                + " https://git.example.org:8443/api/v1/repos/ada/births/statuses/",
        "https://gitlab.com/a/b/births.git, gitlab, https://gitlab.com/api/v4/projects/a%2Fb%2Fbirths/statuses/",
        "https://bitbucket.org/ada/births.git, bitbucket, https://api.bitbucket.org/2.0/repositories/ada/births/commit/"
    })
    void the_api_follows_from_the_address(String url, String host, String expected) {
        var settings = new Remote.Settings(
                url,
                Optional.empty(),
                Optional.of("token"),
                Optional.empty(),
                Optional.of(GitHost.of(host)),
                Optional.empty(),
                Optional.empty());
        var remote = new Remote(
                SourceServer.project("births"),
                settings,
                0,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
        CommitId commit = new CommitId("1".repeat(40));
        var status = new CommitStatus(
                SourceServer.project("births"),
                commit,
                CommitStatus.State.SUCCESS,
                "x".repeat(500),
                Optional.empty(),
                1,
                0,
                0,
                Optional.empty());

        var request = new StatusRequest(remote, GitHost.of(host), status, "http://here/").request(TOKEN);

        assertThat(request.uri().toString()).startsWith(expected + commit);
    }

    private JsonNode status(String commit) {
        return server.get("api/source/projects/births")
                .json()
                .path("statuses")
                .valueStream()
                .filter(it -> it.path("commit").stringValue().equals(commit))
                .findFirst()
                .orElseThrow();
    }
}
