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
import dev.pawl.source.GitRoutes;
import dev.pawl.source.SourceControl;
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

/** CI with real source control, the real orchestrator and a real HTTP server, in one folder that survives a restart. */
final class CiServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final Store store;
    final Orchestrator orchestrator;
    final Executor executor;
    final Ci ci;
    private final SourceControl source;

    /** Whether reviewers let in what is pushed. */
    volatile boolean reviewed = true;

    /** Whether code that they did not let in runs in containers only. */
    volatile boolean contained;

    final Packaging packaging;
    private final WebServer web;

    private CiServer(Path folder, CiSettings settings) {
        Folders.make(folder);
        store = Store.embedded(
                folder,
                Clock.system(),
                Ids.system(),
                List.of(SourceControl.SCHEMA, Ci.SCHEMA, Packaging.SCHEMA, Orchestrator.SCHEMA));
        Definitions definitions = new Definitions(store.artifacts());
        executor = Executors.local(store.clock(), LocalSettings.ofThisMachine(), folder.resolve("runs"));
        orchestrator = new Orchestrator(
                store, definitions, folder.resolve("runs"), executor, Places.ofThisMachine(), Secrets.none());
        source = new SourceControl(store, Secrets.none(), folder.resolve("source"));
        var engine = new CheckEngine(
                orchestrator,
                orchestrator::cancel,
                orchestrator.trials(),
                (_, _) -> {
                    throw new AssertionError("these projects have no model");
                },
                executor);
        packaging = new Packaging(store, SigningKey.in(folder, store.ids()), Secrets.none(), folder.resolve("ci"));
        ci = new Ci(store, definitions, engine, code(), packaging, folder.resolve("ci"), settings);
        web = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.register(
                                new GitRoutes(source, ci::awaitQueued),
                                new PackagingRoutes(packaging),
                                new CiRoutes(ci))
                        .error(
                                PawlException.class,
                                (_, response, e) ->
                                        response.status(e.kind().httpStatus()).send(e.text())))
                .build();
    }

    private SourceCode code() {
        return new SourceCode() {
            @Override
            public int checkOut(ProjectName project, CommitId commit, Path folder) {
                return source.checkOut(project, commit, folder);
            }

            @Override
            public boolean mayKeepCaches(ProjectName project, CommitId commit) {
                return reviewed;
            }

            @Override
            public boolean mustBeContained(ProjectName project, CommitId commit) {
                return contained && !reviewed;
            }
        };
    }

    /** One that does nothing by itself. */
    static CiServer idle(Path folder) {
        return new CiServer(folder, CiSettings.ofThisMachine());
    }

    static CiServer start(Path folder) {
        return start(folder, CiSettings.ofThisMachine());
    }

    static CiServer start(Path folder, CiSettings settings) {
        CiServer server = new CiServer(folder, settings);
        server.orchestrator.start();
        server.source.start("http://127.0.0.1/");
        server.ci.start();
        server.web.start();
        return server;
    }

    String url(String project) {
        return "http://127.0.0.1:" + web.port() + "/git/" + project + ".git";
    }

    /** The answer to a GET, its status first. */
    String get(String path) {
        return send(path, HttpRequest.newBuilder());
    }

    String post(String path) {
        return send(path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
    }

    private String send(String path, HttpRequest.Builder asked) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = asked.uri(URI.create("http://127.0.0.1:" + web.port() + path))
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

    /** A CI run, once it has ended. */
    CiRun over(CiRunId id) {
        return await(
                "the end of " + id,
                () -> Optional.of(ci.run(id)).filter(run -> run.finishedAt().isPresent()));
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
        source.close();
        orchestrator.close();
        store.close();
    }
}
