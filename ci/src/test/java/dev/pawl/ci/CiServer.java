package dev.pawl.ci;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.pawl.executor.Executor;
import dev.pawl.executor.Executors;
import dev.pawl.executor.Folders;
import dev.pawl.executor.LocalSettings;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.packaging.Packaging;
import dev.pawl.packaging.PackagingRoutes;
import dev.pawl.packaging.SigningKey;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.pipeline.Places;
import dev.pawl.pipeline.Secrets;
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

/** CI with the real orchestrator and a real HTTP server, in one folder that survives a restart. */
final class CiServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Store store;
    final Orchestrator orchestrator;
    final Executor executor;
    private final Path folder;
    final Ci ci;
    final Packaging packaging;
    private final WebServer web;

    private CiServer(Path folder, long mostPackBytes) {
        Folders.make(folder);
        store = Store.embedded(
                folder, Clock.system(), Ids.system(), List.of(Ci.SCHEMA, Packaging.SCHEMA, Orchestrator.SCHEMA));
        Definitions definitions = new Definitions(store.artifacts());
        this.folder = folder;
        executor = Executors.local(store.clock(), LocalSettings.ofThisMachine(), folder.resolve("runs"));
        orchestrator = new Orchestrator(
                store, definitions, folder.resolve("runs"), executor, Places.ofThisMachine(), Secrets.none());
        packaging = new Packaging(store, SigningKey.in(folder, store.ids()), Secrets.none(), folder.resolve("ci"));
        ci = new Ci(
                store,
                definitions,
                orchestrator,
                orchestrator::cancel,
                executor,
                packaging,
                folder.resolve("ci"),
                CiSettings.ofThisMachine());
        web = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.register(
                                new GitRoutes(ci, mostPackBytes), new PackagingRoutes(packaging), new CiRoutes(ci))
                        .error(
                                PawlException.class,
                                (_, response, e) ->
                                        response.status(e.kind().httpStatus()).send(e.text())))
                .build();
    }

    /** One that does nothing by itself. */
    static CiServer idle(Path folder) {
        CiServer server = new CiServer(folder, GitTransfer.MOST_PACK_BYTES);
        server.ci.repositories().start();
        return server;
    }

    /** Where a project's repository lies. */
    Path repository(String project) {
        return folder.resolve("ci/repositories").resolve(project + ".git").toAbsolutePath();
    }

    static CiServer start(Path folder) {
        return start(folder, GitTransfer.MOST_PACK_BYTES);
    }

    static CiServer start(Path folder, long mostPackBytes) {
        CiServer server = new CiServer(folder, mostPackBytes);
        server.orchestrator.start();
        server.ci.start();
        server.web.start();
        return server;
    }

    String url(String project) {
        return "http://127.0.0.1:" + web.port() + "/git/" + project + ".git";
    }

    /** The answer to a GET, its status first. */
    String get(String path) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
                    .build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() + " " + response.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    List<Fact> facts() {
        return store.database().read(tx -> store.ledger().after(tx, 0, 1_000)).stream()
                .map(Ledger.Entry::fact)
                .toList();
    }

    <F extends Fact> List<F> facts(Class<F> type) {
        return facts().stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The newest CI run of a commit, once it has ended. */
    CiRun ended(String commit) {
        return await(
                "the end of CI for " + commit,
                () -> ci.runs(Optional.empty(), 100).stream()
                        .filter(run -> run.commit().equals(new CommitId(commit)))
                        .filter(run -> run.finishedAt().isPresent())
                        .findFirst());
    }

    Map<String, CiCheck.State> states(CiRunId id) {
        return ci.checks(id).stream().collect(java.util.stream.Collectors.toMap(CiCheck::name, CiCheck::state));
    }

    CiCheck check(CiRunId id, String name) {
        return ci.checks(id).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no check " + name + ": " + Json.pretty(ci.checks(id))));
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
        throw new AssertionError("waited in vain for " + what + "; facts: " + facts() + "\n"
                + Json.pretty(ci.runs(Optional.empty(), 10)));
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
        ci.close();
        orchestrator.close();
        store.close();
    }
}
