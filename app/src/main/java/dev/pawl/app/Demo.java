package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * Turns the whole ring on real data and tells what happens. A client like any other: it pushes by git and asks the REST API;
 * the traffic comes from the example's own application.
 */
final class Demo {
    private static final String PROJECT = "births";
    private static final LocalDate FIRST_DAY = LocalDate.of(1971, 1, 1);
    private static final LocalDate COMPARED_FROM = LocalDate.of(1972, 1, 1);
    private static final Instant FIRST_TRAINING = Instant.parse("1971-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(50);

    /**
     * How to play it.
     *
     * @param folder where to work; a temporary one if not given
     * @param until the last day to replay
     * @param keep whether the server stays
     */
    record Options(Optional<Path> folder, LocalDate until, boolean keep) {}

    private final Options options;
    private final DemoProgress progress;
    private final Clock clock = Clock.system();
    private final List<Facts.Seen> seen = new ArrayList<>();
    private volatile Optional<DemoServer> server = Optional.empty();
    private String stage = "start";

    Demo(Options options, DemoProgress progress) {
        this.options = options;
        this.progress = progress;
    }

    DemoReport run() throws Exception {
        requireSensible(options.until());
        Path folder = makeFolder();
        Thread cleaning = Thread.ofPlatform().unstarted(() -> cleanUp(folder));
        Runtime.getRuntime().addShutdownHook(cleaning); // also when interrupted from the keyboard
        try {
            server = Optional.of(DemoServer.start(folder.resolve("server"), 0, !options.keep(), clock));
            return run(folder, server.get());
        } catch (PawlException e) {
            throw PawlException.external(
                    "demo-failed", "The demo failed in stage '%s': %s".formatted(stage, e.text()), e);
        } finally {
            Runtime.getRuntime().removeShutdownHook(cleaning);
            cleanUp(folder);
        }
    }

    private DemoReport run(Path folder, DemoServer running) throws Exception {
        try (Client client = new Client(running.address(), clock)) {
            progress.line("Pawl is up: " + running.address() + "  (its page shows the ring live)");
            DemoReport report = turn(folder, running, client);
            new DemoSummary(progress, options.keep()).print(report, seen);
            return report;
        }
    }

    private void cleanUp(Path folder) {
        if (!options.keep()) {
            server.ifPresent(DemoServer::close);
            Folder.delete(folder);
        }
    }

    private DemoReport turn(Path folder, DemoServer server, Client client) throws Exception {
        Facts facts = new Facts(client);
        var commands = new Commands(clock, OwnJvm.javaHome());
        DemoProject project = build(folder, commands);
        firstTurn(project, server, client, facts);
        stage = "monitoring";
        YearlyModels yearly = new YearlyModels(project.folder(), COMPARED_FROM, options.until(), progress);
        // The yearly baseline trains on the other core, while the traffic is replayed.
        List<YearlyModels.Trained> baseline = progress.phase(
                "replay",
                "live traffic of %s to %s in event time, labels 14 days late".formatted(FIRST_DAY, options.until()),
                () -> replay(project, server, facts, yearly));
        return compare(client, server, baseline);
    }

    private DemoProject build(Path folder, Commands commands) throws Exception {
        stage = "build of the example";
        return progress.phase("build", "the example, as its author does before a push", () -> {
            Path example = OwnJvm.checkout().resolve("examples").resolve(PROJECT);
            DemoProject project = DemoProject.copyOf(example, folder.resolve(PROJECT), commands);
            project.build("mvn -q -DskipTests package");
            return project;
        });
    }

    /** From the push to a model that serves. How long each stage took is read off the facts. */
    private void firstTurn(DemoProject project, DemoServer server, Client client, Facts facts) throws Exception {
        stage = "pipeline CI";
        progress.line("ci      git push, then checkout, build, unit tests, contract, convergence and integration on a"
                + " sample");
        project.push(PROJECT, server.address());
        Facts.Seen pushed = await(facts, "CommitPushed");
        Facts.Seen built = told("ci", pushed, await(facts, "PackageBuilt"));
        stage = "pipeline CD";
        Facts.Seen deployed = told("deploy", built, await(facts, "PipelineDeployed"));
        stage = "trigger";
        progress.line("train   first model, on what was known on " + day(FIRST_TRAINING));
        client.post(
                "api/projects/" + PROJECT + "/environments/prod/runs",
                Map.of("as_of", FIRST_TRAINING.toString(), "reason", "first training"));
        Facts.Seen requested = await(facts, "RunRequested");
        Facts.Seen registered = told("train", requested, await(facts, "ModelRegistered"));
        stage = "model CD";
        progress.line("gates   compatibility, API, quality, load");
        told("gates", registered, await(facts, "ModelDeployed"));
        client.get("api/quiet?within=60");
        progress.took("deploy", Duration.between(built.at(), deployed.at()));
    }

    private List<YearlyModels.Trained> replay(DemoProject project, DemoServer server, Facts facts, YearlyModels yearly)
            throws Exception {
        try (ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> traffic = both.submit(() -> {
                Traffic.replay(project.folder(), server.address(), FIRST_DAY, options.until(), progress);
                return true;
            });
            Future<List<YearlyModels.Trained>> baseline = both.submit(yearly::train);
            try {
                while (!traffic.isDone()) {
                    tellNews(facts);
                    clock.sleep(POLL);
                }
                traffic.get();
                tellNews(facts);
                return baseline.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof Exception cause ? cause : e;
            } finally {
                both.shutdownNow();
            }
        }
    }

    private DemoReport compare(Client client, DemoServer server, List<YearlyModels.Trained> baseline) throws Exception {
        return progress.phase(
                "compare", "the loop, the frozen first model and yearly retraining, on the same days", () -> {
                    Comparison comparison = Comparison.of(client, PROJECT, COMPARED_FROM, options.until());
                    double frozen = comparison.frozenMape(client);
                    double yearly = comparison.yearlyMape(baseline);
                    List<LocalDate> retrainings = seen.stream()
                            .filter(fact -> fact.is("ModelDeployed"))
                            .skip(1)
                            .map(fact -> day(fact.instant("as_of")))
                            .toList();
                    int rejected = (int) seen.stream()
                            .filter(fact -> fact.is("ModelRejected"))
                            .count();
                    return new DemoReport(
                            frozen,
                            comparison.loopMape(),
                            yearly,
                            retrainings,
                            rejected,
                            progress.seconds(),
                            comparison.predictions(),
                            comparison.labels(),
                            comparison.lastPrediction(),
                            server.address());
                });
    }

    private void tellNews(Facts facts) {
        for (Facts.Seen fact : next(facts)) {
            switch (fact.type()) {
                case "PerformanceDecayed", "ModelDeployed", "ModelRejected", "ExperimentRequested" ->
                    progress.detail(fact.text());
                default -> {} // windows, requests and runs are on the page
            }
        }
    }

    /** The facts since the last look. One that says that a stage failed ends the demo. */
    private List<Facts.Seen> next(Facts facts) {
        List<Facts.Seen> news = facts.next();
        seen.addAll(news);
        for (Facts.Seen fact : news) {
            failIf(fact, "pipeline CI", f -> f.is("PackageRefused"));
            failIf(fact, "pipeline CD", f -> f.is("DeploymentRefused"));
            failIf(
                    fact,
                    "trigger",
                    f -> f.is("RunFinished")
                            && !f.fact().path("outcome").asString("").equals("SUCCEEDED"));
            failIf(fact, "model CD", f -> f.is("ModelRejected") && seen.stream().noneMatch(s -> s.is("ModelDeployed")));
        }
        return news;
    }

    private void failIf(Facts.Seen fact, String where, Predicate<Facts.Seen> failed) {
        if (failed.test(fact)) {
            stage = where;
            String because = fact.fact().path("because").asString("");
            throw PawlException.external("demo-failed", fact.text() + "\n" + because, new IOException(where));
        }
    }

    private Facts.Seen await(Facts facts, String type) throws InterruptedException {
        Instant end = clock.now().plus(PATIENCE);
        while (clock.now().isBefore(end)) {
            next(facts);
            Optional<Facts.Seen> found =
                    seen.stream().filter(fact -> fact.is(type)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            clock.sleep(POLL);
        }
        throw PawlException.external(
                "demo-failed",
                "Waited " + PATIENCE.toMinutes() + " minutes for " + type + ", in vain",
                new IOException(type));
    }

    private Facts.Seen told(String phase, Facts.Seen from, Facts.Seen to) {
        Duration took = Duration.between(from.at(), to.at());
        progress.took(phase, took);
        progress.line("%-7s %s (%.1f s)".formatted(phase, to.text(), took.toMillis() / 1e3));
        return to;
    }

    private Path makeFolder() throws IOException {
        if (options.folder().isEmpty()) {
            return Files.createTempDirectory("pawl-demo");
        }
        Path folder = options.folder().get().toAbsolutePath().normalize();
        if (Files.exists(folder)) {
            throw PawlException.user(
                    "folder-exists", folder + " exists already; name a folder that does not, for a fresh start");
        }
        return Files.createDirectories(folder);
    }

    private static void requireSensible(LocalDate until) {
        if (until.isBefore(LocalDate.of(1972, 12, 31)) || until.isAfter(LocalDate.of(1988, 12, 31))) {
            throw PawlException.user("bad-date", "--until must lie between 1972-12-31 and 1988-12-31, not " + until);
        }
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
