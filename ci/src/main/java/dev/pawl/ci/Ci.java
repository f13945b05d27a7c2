package dev.pawl.ci;

import dev.pawl.executor.Commands;
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
import dev.pawl.pipeline.Runs;
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
    public static final Schema SCHEMA = new Schema("ci", Ci.class, 4);

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final Store store;
    private final Path work;
    private final BuildCaches caches;
    private final Commands commands;
    private final CiSettings settings;
    private final CiProgress progress;
    private final FactReader facts;
    private final Worker builds;
    private final Worker trials;
    private final Worker deadlines;
    private final CiStore runs = new CiStore();
    private final CheckStore checks = new CheckStore();
    private final CheckRunStore handedIn = new CheckRunStore();
    private final PackageStore packages = new PackageStore();

    /**
     * @param source has the files that are checked
     * @param packaging makes and signs what goes with a package
     * @param folder where checkouts are while they are needed, and the caches of builds
     */
    public Ci(
            Store store,
            Definitions definitions,
            CheckEngine engine,
            SourceCode source,
            Packaging packaging,
            Path folder,
            CiSettings settings) {
        this.store = store;
        this.settings = settings;
        this.work = folder.resolve("work");
        this.progress = new CiProgress(store, definitions, engine.runs(), packaging);
        this.caches = new BuildCaches(store.clock(), folder.resolve("caches"), BuildCaches.Bounds.USUAL);
        this.commands = new Commands(store.clock(), settings.javaHome()).of(work);
        var shop = new Workshop(
                store,
                definitions,
                source,
                commands,
                engine.executor(),
                packaging,
                settings.javaHome(),
                work,
                caches,
                settings.bounds());
        var tried = new Trials(
                store, definitions, new Runs(store), engine.steps(), engine.models(), settings.parallelTrials());
        this.facts = store.reader("ci")
                .on(Fact.CommitPushed.class, progress::pushed)
                .on(Fact.RunFinished.class, progress::runFinished);
        this.builds =
                store.worker(CiProgress.QUEUE, new CiAttempt(shop, progress)).fair();
        this.trials = store.worker(TrialJob.QUEUE, new TrialJob(shop, tried, progress));
        this.deadlines = store.worker(CheckRuns.DEADLINES, new Deadline(store.database(), engine.cancellation()));
    }

    /** Ends and removes what an interrupted attempt left, and begins to work. */
    public Ci start() {
        store.database().read(runs::processes).forEach(commands::kill);
        commands.endLeftovers();
        Folders.delete(work);
        Folders.make(work);
        caches.start();
        facts.start();
        builds.start(settings.parallel());
        trials.start(settings.parallel());
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
        trials.close();
        deadlines.close();
        facts.close();
    }

    public CiRun run(CiRunId id) {
        return store.database().read(tx -> run(tx, id));
    }

    private CiRun run(Tx tx, CiRunId id) {
        return runs.run(tx, id).orElseThrow(() -> PawlException.notFound("no-ci-run", "There is no CI run " + id));
    }

    /** Checks what {@link SourceCode} gives for a commit, though nobody pushed it. */
    public CiRun check(ProjectName project, String branch, CommitId commit, Scope scope) {
        return store.database().transact(tx -> progress.queue(tx, project, branch, commit, scope));
    }

    /** Ends a run with its commands and the runs that it handed in; it is over when this returns, and they are soon. */
    public CiRun cancel(CiRunId id) {
        store.database().change(tx -> progress.cancel(tx, run(tx, id)));
        return run(id);
    }

    /**
     * Checks the same commit again.
     *
     * @param failedOnly whether what passed is taken over
     */
    public CiRun rerun(CiRunId id, boolean failedOnly) {
        return store.database().transact(tx -> progress.rerun(tx, run(tx, id), failedOnly));
    }

    /** Newest first; of one project or of all. */
    public List<CiRun> runs(Optional<ProjectName> project, int limit) {
        return store.database().read(tx -> runs.runs(tx, project, limit));
    }

    /** In the order in which they began. */
    public List<CiCheck> checks(CiRunId id) {
        return store.database().read(tx -> checks.checks(tx, id));
    }

    /** What the commands of checks print, as far as it is kept, also while they run on this server. */
    public CheckLogs logs() {
        return new CheckLogs(store.artifacts(), work);
    }

    /** What a check's command printed, once it is over. */
    public String log(CiRunId id, String check) {
        return check(id, check)
                .log()
                .map(store.artifacts()::text)
                .orElseThrow(() -> PawlException.notFound(
                        "no-log", "Check '%s' of CI run %s has no log, or not yet".formatted(check, id)));
    }

    /** The check of a run. */
    public CiCheck check(CiRunId id, String name) {
        run(id);
        return checks(id).stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow(() -> PawlException.notFound(
                        "no-check", "CI run %s has no check '%s', or not yet".formatted(id, name)));
    }

    /** What is told of a run, in the forms in which people read it. */
    CiReport report(CiRunId id) {
        return new CiReport(run(id), checks(id), store.artifacts());
    }

    /** The newest run of a branch that says anything of it. */
    Optional<CiRun> newest(ProjectName project, String branch) {
        return store.database().read(tx -> runs.newestOver(tx, project, branch));
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
    public Optional<CiRunId> awaitQueued(ProjectName project, String branch, CommitId commit, Instant since) {
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
}
