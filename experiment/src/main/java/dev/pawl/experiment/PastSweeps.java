package dev.pawl.experiment;

import dev.pawl.definition.Sweep;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.SweepId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Store;
import java.util.List;
import java.util.Optional;

/** The sweeps of a folder; for reading, also beside one that is under way. Safe for use by many threads. */
public record PastSweeps(Store store, Definitions definitions) {
    public StartedSweep get(SweepId id) {
        return store.database().read(tx -> SweepStore.find(tx, id)).orElseThrow(() -> unknown(id));
    }

    /** Newest first; of one project or of all. */
    public List<StartedSweep> newest(Optional<ProjectName> project, int limit) {
        return store.database().read(tx -> SweepStore.newest(tx, project, limit));
    }

    /** By round and number. */
    public List<Trial> trials(SweepId id) {
        return store.database().read(tx -> SweepStore.trials(tx, id));
    }

    /** The best trial of the last round that has results so far. */
    public Optional<Trial> best(SweepId id) {
        return plan(get(id)).best(trials(id));
    }

    /** What is searched. */
    public Sweep definition(StartedSweep sweep) {
        return SweepController.sweep(definitions.get(sweep.definition()), sweep.name());
    }

    /** How many trials each round has at the most. */
    public List<Integer> rounds(StartedSweep sweep) {
        return plan(sweep).halving().rounds().stream()
                .map(Halving.Round::trials)
                .toList();
    }

    private SweepPlan plan(StartedSweep sweep) {
        return SweepPlan.of(definition(sweep), sweep.trials());
    }

    static PawlException unknown(SweepId id) {
        return PawlException.notFound("no-sweep", "There is no sweep " + id + " here; 'pawl sweeps' lists them");
    }
}
