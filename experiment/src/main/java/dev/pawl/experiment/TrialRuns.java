package dev.pawl.experiment;

import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.MetricPoint;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.pipeline.RunQueue;
import dev.pawl.store.Tx;
import java.util.List;

/** What sweeps need of the orchestrator. */
public interface TrialRuns extends RunQueue {
    /** Asks for a run to be cancelled; nothing happens if it has ended. */
    void cancel(RunId run, String because);

    /** What the steps of a run reported, in the order of their reporting. */
    List<MetricPoint> metrics(Tx tx, RunId run);

    static TrialRuns of(Orchestrator orchestrator) {
        return new TrialRuns() {
            @Override
            public void submit(Tx tx, RunSpec run) {
                orchestrator.submit(tx, run);
            }

            @Override
            public void cancel(RunId run, String because) {
                orchestrator.cancel(run, because);
            }

            @Override
            public List<MetricPoint> metrics(Tx tx, RunId run) {
                return orchestrator.metrics(tx, run);
            }
        };
    }
}
