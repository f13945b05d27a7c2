package dev.pawl.experiment;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Store;
import java.util.List;

/** Where the runs of a folder came from; for reading, also beside a run that is under way. Safe for use by many threads. */
public record PastExperiments(Store store) {
    public Experiment get(RunId run) {
        return store.database()
                .read(tx -> ExperimentStore.find(tx, run))
                .orElseThrow(() -> PawlException.notFound(
                        "no-run", "There is no run '" + run + "' here; 'pawl runs' lists those of this folder"));
    }

    /** Newest first. */
    public List<Experiment> newest(int limit) {
        return store.database().read(tx -> ExperimentStore.newest(tx, limit));
    }
}
