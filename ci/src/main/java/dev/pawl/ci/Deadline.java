package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Database;
import dev.pawl.store.Jobs;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.util.function.Consumer;

/** Ends an integration run when its time is up; when the run was faster, the job is gone by then. */
final class Deadline implements Worker.Handler {
    private final Database database;
    private final Definitions definitions;
    private final Cancellation cancellation;
    private final CiStore runs = new CiStore();

    Deadline(Database database, Definitions definitions, Cancellation cancellation) {
        this.database = database;
        this.definitions = definitions;
        this.cancellation = cancellation;
    }

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) {
        database.read(tx -> runs.run(tx, new CiRunId(job.key())))
                .filter(run -> run.state() == CiState.INTEGRATING)
                .ifPresent(run -> cancellation.cancel(new RunId(job.payload()), because(run)));
        return _ -> {};
    }

    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {} // the run ends by itself some time

    private String because(CiRun run) {
        var limit = definitions
                .get(run.definition().orElseThrow())
                .ci()
                .integration()
                .orElseThrow()
                .within();
        return "the integration run took longer than %s; ci.checks.integration.within in pawl.yaml is the limit"
                .formatted(BuildCommands.text(limit));
    }
}
