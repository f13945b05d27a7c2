package dev.pawl.experiment;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.List;

/** Where the runs of a folder came from; for reading, also beside a run that is under way. Safe for use by many threads. */
public record PastExperiments(Store store) implements Needs {
    public Experiment get(RunId run) {
        return store.database()
                .read(tx -> ExperimentStore.find(tx, run))
                .orElseThrow(() -> PawlException.notFound(
                        "no-run", "There is no run '" + run + "' here; 'pawl runs' lists those of this folder"));
    }

    @Override
    public void needs(Tx tx, Needed needed) {
        ExperimentStore.needs(tx, needed);
        SweepStore.needs(tx, needed);
    }

    @Override
    public void forget(Tx tx, List<RunId> runs) {
        ExperimentStore.forget(tx, runs);
    }

    /** Newest first. */
    public List<Experiment> newest(int limit) {
        return store.database().read(tx -> ExperimentStore.newest(tx, limit));
    }
}
