package dev.pawl.experiment;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Sweep;
import dev.pawl.experiment.StartedSweep.State;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes the steps of sweeps, each within one transaction of the caller's. */
record SweepController(Store store, Definitions definitions, TrialRuns runs) {
    /** Below the lowest priority that a definition can ask for: on a server, searches wait for production. */
    private static final int PRIORITY = -1_000;

    /** A run ended: if it was a trial's, the sweep takes its next step. */
    void finished(Tx tx, Fact.RunFinished fact) {
        SweepStore.trialOf(tx, fact.runId()).ifPresent(trial -> {
            StartedSweep sweep = SweepStore.hold(tx, trial.sweep()).orElseThrow();
            end(tx, sweep, fact);
            if (sweep.state() == State.RUNNING) {
                advance(tx, sweep);
            }
        });
    }

    /** The trial is read again, now that the sweep is held: it may have been told to stop meanwhile. */
    private void end(Tx tx, StartedSweep sweep, Fact.RunFinished fact) {
        RunId run = fact.runId();
        Trial trial = SweepStore.trialOf(tx, run).orElseThrow();
        if (trial.state() == Trial.State.STOPPING && fact.outcome() == Fact.Outcome.CANCELLED) {
            SweepStore.state(tx, run, Trial.State.WAITING);
        } else {
            TrialResult result = TrialResult.of(definition(sweep), fact, runs.metrics(tx, run));
            SweepStore.end(
                    tx, run, result.value(), result.because(), store.clock().now());
        }
    }

    /** Begins what comes next; the sweep is held. */
    void advance(Tx tx, StartedSweep sweep) {
        switch (plan(sweep).next(SweepStore.trials(tx, sweep.id()))) {
            case SweepPlan.Next.Begin begin -> begin.trials().forEach(planned -> begin(tx, sweep, planned));
            case SweepPlan.Next.Wait _ -> {}
            case SweepPlan.Next.Over _ ->
                SweepStore.state(
                        tx, sweep.id(), State.ENDED, Optional.of(store.clock().now()));
        }
    }

    private void begin(Tx tx, StartedSweep sweep, SweepPlan.Planned planned) {
        RunId run = store.ids().next("run", RunId::new);
        Instant now = store.clock().now();
        SweepStore.begin(
                tx,
                new Trial(
                        sweep.id(),
                        planned.number(),
                        planned.round(),
                        planned.parameters(),
                        run,
                        Trial.State.RUNNING,
                        Optional.empty(),
                        "",
                        now,
                        Optional.empty()));
        ExperimentStore.add(
                tx,
                new Experiment(
                        run, sweep.folder(), sweep.source(), new Variation(planned.parameters(), List.of()), now));
        runs.submit(tx, spec(run, sweep, planned));
    }

    private RunSpec spec(RunId run, StartedSweep sweep, SweepPlan.Planned planned) {
        Definition tried = definitions.get(sweep.definition()).withParameters(planned.parameters());
        return new RunSpec(
                run,
                sweep.project(),
                Fact.Purpose.EXPERIMENT,
                Optional.empty(),
                sweep.packageDigest(),
                definitions.keep(tried),
                sweep.asOf(),
                planned.sample(),
                "sweep " + sweep.name() + ", trial " + planned.number(),
                PRIORITY,
                Optional.of(sweep.id().value()),
                planned.before().map(Trial::run));
    }

    SweepPlan plan(StartedSweep sweep) {
        return SweepPlan.of(definition(sweep), sweep.trials());
    }

    Sweep definition(StartedSweep sweep) {
        return sweep(definitions.get(sweep.definition()), sweep.name());
    }

    static Sweep sweep(Definition definition, String name) {
        return Optional.ofNullable(definition.sweeps().get(name))
                .orElseThrow(() -> PawlException.notFound(
                        "no-sweep",
                        "pawl.yaml has no sweep '%s'; it has %s"
                                .formatted(name, definition.sweeps().keySet())));
    }
}
