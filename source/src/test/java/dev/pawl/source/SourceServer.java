package dev.pawl.source;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.SecretFolder;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Source control behind a real HTTP server, in one folder that survives a restart. There is no CI. */
final class SourceServer implements AutoCloseable {
    static final CiRunId CI_RUN = new CiRunId("ci-1");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Store store;
    final SecretFolder secrets;
    final SourceControl source;
    private final WebServer web;

    private SourceServer(Path folder, long mostPackBytes) {
        Folders.make(folder);
        store = Store.embedded(folder, Clock.system(), Ids.system(), List.of(SourceControl.SCHEMA));
        secrets = SecretFolder.in(folder, store.clock(), store.ids());
        source = new SourceControl(store, secrets, folder.resolve("source"));
        CiRuns ciRuns = (_, branch, _, _) -> branch.equals("main") ? Optional.of(CI_RUN) : Optional.empty();
        web = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.register(
                                new GitRoutes(source, ciRuns, mostPackBytes),
                                new SourceRoutes(source),
                                new ProposalRoutes(source))
                        .error(
                                PawlException.class,
                                (_, response, e) ->
                                        response.status(e.kind().httpStatus()).send(e.text())))
                .build();
    }

    static SourceServer start(Path folder) {
        return start(folder, GitTransfer.MOST_PACK_BYTES);
    }

    static SourceServer start(Path folder, long mostPackBytes) {
        SourceServer server = new SourceServer(folder, mostPackBytes);
        server.web.start();
        server.source.start(server.address());
        return server;
    }

    String address() {
        return "http://127.0.0.1:" + web.port() + "/";
    }

    String url(String project) {
        return address() + "git/" + project + ".git";
    }

    Answer get(String path) {
        return send(HttpRequest.newBuilder(URI.create(address() + path)));
    }

    Answer delete(String path) {
        return send(HttpRequest.newBuilder(URI.create(address() + path)).DELETE());
    }

    Answer post(String path, Object body) {
        return post(path, Json.write(body), Map.of());
    }

    Answer post(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address() + path)).POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return send(request);
    }

    /** A status and a body. */
    record Answer(int status, String body) {
        JsonNode json() {
            return Json.tree(body);
        }
    }

    private static Answer send(HttpRequest.Builder request) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As CI would say it. */
    void ciSays(String project, String commit, boolean passed) {
        store.database()
                .change(tx -> store.ledger()
                        .append(
                                tx,
                                passed
                                        ? new Fact.PackageBuilt(
                                                project(project),
                                                "work",
                                                new CommitId(commit),
                                                CI_RUN,
                                                Digest.of("package"),
                                                Digest.of("definition"))
                                        : new Fact.PackageRefused(
                                                project(project),
                                                "work",
                                                new CommitId(commit),
                                                CI_RUN,
                                                "unit",
                                                "2 tests failed\nand more")));
        await("its reader", () -> store.idle() ? Optional.of(true) : Optional.empty());
    }

    List<Fact> facts() {
        return store.database().read(tx -> store.ledger().after(tx, 0, 1_000)).stream()
                .map(Ledger.Entry::fact)
                .toList();
    }

    <F extends Fact> List<F> facts(Class<F> type) {
        return facts().stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T> T await(String what, Supplier<Optional<T>> look) {
        long until = store.clock().nanos() + PATIENCE.toNanos();
        while (store.clock().nanos() < until) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            pause();
        }
        throw new AssertionError("waited in vain for " + what + "; facts: " + facts());
    }

    static ProjectName project(String name) {
        return new ProjectName(name);
    }

    private static void pause() {
        try {
            boolean _ = new CountDownLatch(1).await(20, MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        web.stop();
        source.close();
        store.close();
    }
}
