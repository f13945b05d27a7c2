package dev.pawl.ci;

import dev.pawl.kernel.RunId;
import dev.pawl.store.Database;
import dev.pawl.store.Jobs;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.util.function.Consumer;

/** Ends a run that a check waits for when its time is up; when the run was faster, the job is gone by then. */
final class Deadline implements Worker.Handler {
    /** What stands in the place of the limit when the CI run was cancelled. */
    static final String CANCELLED = "cancelled";

    private final Database database;
    private final Cancellation cancellation;
    private final CheckRunStore rows = new CheckRunStore();

    Deadline(Database database, Cancellation cancellation) {
        this.database = database;
        this.cancellation = cancellation;
    }

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) {
        database.read(tx -> rows.find(tx, new RunId(job.key())))
                .filter(run -> run.outcome().isEmpty())
                .ifPresent(run -> cancellation.cancel(run.run(), because(run, job.payload())));
        return _ -> {};
    }

    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {} // the run ends by itself some time

    private static String because(CheckRun run, String limit) {
        if (limit.equals(CANCELLED)) {
            return "CI run " + run.ciRun() + " was cancelled";
        }
        return "the %1$s run took longer than %2$s; ci.checks.%1$s.within in pawl.yaml is the limit"
                .formatted(run.check(), limit);
    }
}
