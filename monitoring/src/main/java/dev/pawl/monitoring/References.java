package dev.pawl.monitoring;

import dev.pawl.definition.MonitorPlan;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Database;
import dev.pawl.store.Jobs;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.util.Optional;
import java.util.function.Consumer;

/** Computes the limit of each version that is deployed, from its reference performance; its windows wait for that. */
final class References implements Worker.Handler {
    static final String QUEUE = "reference-performance";

    private final Database database;
    private final Jobs jobs;
    private final ReferencePerformance performance;
    private final WatchStore watches;
    private final Windows windows;

    References(Database database, Jobs jobs, ReferencePerformance performance, WatchStore watches, Windows windows) {
        this.database = database;
        this.jobs = jobs;
        this.performance = performance;
        this.watches = watches;
        this.windows = windows;
    }

    /** Asks for a version's limit, again if it could not be computed before. */
    void request(Tx tx, ModelVersion version) {
        jobs.remove(tx, QUEUE, version.toString());
        jobs.add(tx, QUEUE, version.toString(), Json.write(version));
    }

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) throws Exception {
        ModelVersion version = version(job);
        Optional<MonitorPlan> plan =
                database.read(tx -> watches.find(tx, version)).flatMap(Watch::plan);
        if (plan.isEmpty()) {
            return _ -> {};
        }
        try {
            ErrorLimit limit = ErrorLimit.of(performance.holdout(version), plan.get());
            return tx -> limited(tx, version, limit);
        } catch (PawlException e) {
            return switch (e.kind()) {
                case USER, NOT_FOUND, CONFLICT -> tx -> unlimited(tx, version, e.text()); // trying again would not help
                case LIMIT, EXTERNAL, INTERNAL -> throw e;
            };
        }
    }

    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {
        unlimited(tx, version(job), error instanceof PawlException known ? known.text() : String.valueOf(error));
    }

    private void limited(Tx tx, ModelVersion version, ErrorLimit limit) {
        watches.hold(tx, version.model());
        watches.limited(tx, version, limit);
        windows.closeDue(tx, version.model());
    }

    /** A decay that nobody can find is trouble for people: the check that could not run has failed. */
    private void unlimited(Tx tx, ModelVersion version, String text) {
        watches.hold(tx, version.model());
        watches.troubled(tx, version, text);
        watches.find(tx, version)
                .filter(Watch::champion)
                .ifPresent(watch -> windows.ask(
                        tx,
                        watch,
                        watches.watermark(tx, version.model()).orElse(watch.asOf()),
                        "the champion's decay cannot be judged, because its reference performance cannot be computed: "
                                + text));
        windows.closeDue(tx, version.model());
    }

    private static ModelVersion version(Jobs.Job job) {
        return Json.read(job.payload(), ModelVersion.class);
    }
}
