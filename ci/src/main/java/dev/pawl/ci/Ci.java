package dev.pawl.ci;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.packaging.Packaging;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.store.FactReader;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stage 2: takes every commit that is pushed, and gives a package, or the check that turned it down and why. Safe for use by
 * many threads.
 */
public final class Ci implements Needs, AutoCloseable {
    public static final Schema SCHEMA = new Schema("ci", Ci.class, 2);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Store store;
    private final GitRepositories repositories;
    private final Path work;
    private final Commands commands;
    private final CiSettings settings;
    private final FactReader facts;
    private final Worker builds;
    private final Worker deadlines;
    private final CiStore runs = new CiStore();
    private final CheckStore checks = new CheckStore();
    private final CheckRunStore handedIn = new CheckRunStore();
    private final PackageStore packages = new PackageStore();

    /**
     * @param integrations runs pipelines for the integration check
     * @param executor that of the steps, whose Python environments builds and tests share
     * @param packaging makes and signs what goes with a package
     * @param folder where the repositories are, and checkouts while they are needed
     */
    public Ci(
            Store store,
            Definitions definitions,
            RunQueue integrations,
            Cancellation cancellation,
            Executor executor,
            Packaging packaging,
            Path folder,
            CiSettings settings) {
        this.store = store;
        this.settings = settings;
        this.work = folder.resolve("work");
        this.repositories = new GitRepositories(folder.resolve("repositories"), store);
        CiProgress progress = new CiProgress(store, definitions, integrations, packaging);
        this.commands = new Commands(store.clock(), settings.javaHome());
        var shop = new Workshop(
                store, definitions, repositories, commands, executor, packaging, settings.javaHome(), work);
        this.facts = store.reader("ci")
                .on(Fact.CommitPushed.class, progress::pushed)
                .on(Fact.RunFinished.class, progress::runFinished);
        this.builds = store.worker(CiProgress.QUEUE, new CiAttempt(shop, progress));
        this.deadlines = store.worker(CheckRuns.DEADLINES, new Deadline(store.database(), cancellation));
    }

    /** Ends and removes what an interrupted attempt left, finds pushes that nobody was told of, and begins to work. */
    public Ci start() {
        store.database().read(runs::processes).forEach(commands::kill);
        Folders.delete(work);
        Folders.make(work);
        repositories.start();
        facts.start();
        builds.start(settings.parallel());
        deadlines.start(1);
        return this;
    }

    @Override
    public void needs(Tx tx, Needed needed) {
        packages.needs(tx, needed);
    }

    @Override
    public void close() {
        builds.close();
        deadlines.close();
        facts.close();
    }

    public GitRepositories repositories() {
        return repositories;
    }

    public CiRun run(CiRunId id) {
        return store.database()
                .read(tx -> runs.run(tx, id))
                .orElseThrow(() -> PawlException.notFound("no-ci-run", "There is no CI run " + id));
    }

    /** Newest first; of one project or of all. */
    public List<CiRun> runs(Optional<ProjectName> project, int limit) {
        return store.database().read(tx -> runs.runs(tx, project, limit));
    }

    /** In the order in which they began. */
    public List<CiCheck> checks(CiRunId id) {
        return store.database().read(tx -> checks.checks(tx, id));
    }

    /** What a check's command printed, as far as it is kept. */
    public String log(CiRunId id, String check) {
        run(id);
        return checks(id).stream()
                .filter(found -> found.name().equals(check))
                .flatMap(found -> found.log().stream())
                .findFirst()
                .map(store.artifacts()::text)
                .orElseThrow(() -> PawlException.notFound(
                        "no-log", "Check '%s' of CI run %s has no log, or not yet".formatted(check, id)));
    }

    /** Newest first; of one project or of all. */
    public List<CiPackage> packages(Optional<ProjectName> project, int limit) {
        return store.database().read(tx -> packages.packages(tx, project, limit));
    }

    /** Where this content came from first: the answer never changes, though later commits may have given the same content. */
    public Optional<CiPackage> findPackage(Digest digest) {
        return store.database().read(tx -> packages.first(tx, digest));
    }

    /** The CI run one of whose checks wanted this run. */
    public Optional<CiRun> ofCheckRun(RunId run) {
        return store.database().read(tx -> handedIn.find(tx, run).flatMap(found -> runs.run(tx, found.ciRun())));
    }

    public CiPackage packageOf(Digest digest) {
        return findPackage(digest)
                .orElseThrow(() -> PawlException.notFound("no-package", "There is no package " + digest));
    }

    /**
     * The CI run of a commit that was pushed just now. It is queued a moment after the push: waits for it, but not for long.
     *
     * @param since tells it from an earlier one of the same commit
     */
    Optional<CiRunId> awaitQueued(ProjectName project, String branch, CommitId commit, Instant since) {
        long until = store.clock().nanos() + LONGEST_WAIT.toNanos();
        Optional<CiRunId> found = queued(project, branch, commit, since);
        try {
            while (found.isEmpty() && store.clock().nanos() < until) {
                store.clock().sleep(BETWEEN_LOOKS);
                found = queued(project, branch, commit, since);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return found;
    }

    private Optional<CiRunId> queued(ProjectName project, String branch, CommitId commit, Instant since) {
        return store.database()
                .read(tx -> runs.newestOf(tx, project, branch, commit))
                .filter(run -> !run.queuedAt().isBefore(since))
                .map(CiRun::id);
    }

    Instant now() {
        return store.clock().now();
    }
}
