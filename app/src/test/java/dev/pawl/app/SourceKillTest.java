package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.SecretFolder;
import dev.pawl.pipeline.SecretName;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills the server with SIGKILL behind an acknowledged webhook, and in the middle of merges. */
class SourceKillTest {
    private static final int ROUNDS = 3;
    private static final String SECRET = "hush-hush";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Clock clock = Clock.system();

    @TempDir
    Path folder;

    private DemoProject project;
    private DemoServer server;

    @BeforeEach
    void start() throws Exception {
        project = TinyProject.in(folder);
        SecretFolder.in(folder.resolve("server"), clock, Ids.system())
                .set(new SecretName(Optional.empty(), "hook"), SECRET);
        server = DemoServer.start(folder.resolve("server"), 0, true, clock);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Client client() {
        return new Client(server.address(), clock);
    }

    private void killAndStart() throws Exception {
        server.kill();
        server = DemoServer.start(folder.resolve("server"), 0, true, clock);
    }

    private String git(String script) throws InterruptedException {
        String who = "export GIT_AUTHOR_NAME=ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=ada"
                + " GIT_COMMITTER_EMAIL=ada@example.org; ";
        Path log = folder.resolve("git.log");
        var result = new Commands(clock, OwnJvm.javaHome())
                .run(Commands.Command.shell(who + script, project.folder(), Map.of(), log, PATIENCE));
        assertThat(result.succeeded()).as(result.tail()).isTrue();
        return result.tail().strip();
    }

    /** A new commit of the branch that is checked out. */
    private String commit(int round) throws InterruptedException {
        return git("echo " + round + " >> numbers.csv && git commit -qam 'Number " + round + "' && git rev-parse HEAD");
    }

    private List<JsonNode> facts(Client client, String type) {
        return client.get("api/facts?after=0")
                .path("facts")
                .valueStream()
                .filter(fact -> fact.path("type").asString().equals(type))
                .toList();
    }

    private static long about(List<JsonNode> facts, String text) {
        return facts.stream().filter(fact -> fact.toString().contains(text)).count();
    }

    @Test
    void a_webhook_that_was_acknowledged_is_not_lost() throws Exception {
        try (Client client = client()) {
            client.post(
                    "api/source/projects/mirror/remote",
                    Map.of("url", "file://" + project.folder(), "webhook_secret", "hook"));
        }
        for (int round = 0; round < ROUNDS; round++) {
            String commit = commit(round);
            assertThat(hook()).isEqualTo(202);
            killAndStart();
            try (Client client = client()) {
                client.await(
                        "the commit",
                        PATIENCE,
                        "api/facts?after=0",
                        answer -> answer.toString().contains(commit) ? Optional.of(true) : Optional.empty());
                assertThat(about(facts(client, "CommitPushed"), commit)).isEqualTo(1);
            }
        }
    }

    private int hook() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(server.address() + "api/source/hooks/mirror"))
                    .header("X-Gitlab-Token", SECRET)
                    .POST(BodyPublishers.ofString("{}"))
                    .build();
            return http.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    @Test
    void a_merge_happens_once_or_not_at_all() throws Exception {
        long seed = new Random().nextLong();
        System.out.println("kills by seed " + seed);
        Random random = new Random(seed);
        project.push("tiny", server.address());
        for (int round = 1; round <= ROUNDS; round++) {
            git("git checkout -q -b work-" + round);
            String head = commit(round);
            git("git push -q " + server.address() + "git/tiny.git work-" + round);
            String proposal = ready(round);
            CompletableFuture<Optional<String>> answer = CompletableFuture.supplyAsync(() -> merge(proposal));
            clock.sleep(Duration.ofMillis(random.nextLong(0, 120)));
            killAndStart();
            boolean acknowledged = answer.get().isPresent();
            try (Client client = client()) {
                String standing = client.get(proposal).path("standing").asString();
                assertThat(standing).isIn(acknowledged ? List.of("MERGED") : List.of("MERGED", "READY"));
                if (standing.equals("READY")) {
                    client.post(proposal + "/merge", Map.of("by", "eve"));
                }
                assertThat(client.get(proposal).path("standing").asString()).isEqualTo("MERGED");
                assertThat(about(facts(client, "ProposalMerged"), head)).isEqualTo(1);
                assertThat(facts(client, "CommitPushed").stream()
                                .filter(fact -> fact.toString().contains(head)
                                        && fact.toString().contains("\"main\""))
                                .count())
                        .isEqualTo(1);
            }
            assertThat(git("git ls-remote " + server.address() + "git/tiny.git refs/heads/main"))
                    .startsWith(head);
        }
    }

    private String ready(int round) {
        try (Client client = client()) {
            JsonNode proposal = client.post(
                    "api/source/proposals", Map.of("project", "tiny", "branch", "work-" + round, "by", "ada"));
            String path = "api/source/proposals/" + proposal.path("id").asString();
            client.post(path + "/approve", Map.of("by", "bob"));
            client.await(
                    "CI",
                    PATIENCE,
                    path,
                    answer ->
                            answer.path("standing").asString().equals("READY") ? Optional.of(true) : Optional.empty());
            return path;
        }
    }

    /** The answer, if there was one before the kill. */
    private Optional<String> merge(String proposal) {
        try (Client client = client()) {
            return Optional.of(
                    client.post(proposal + "/merge", Map.of("by", "eve")).toString());
        } catch (PawlException _) {
            return Optional.empty();
        }
    }
}
