package dev.pawl.app;

import dev.pawl.app.SweepView.TrialView;
import dev.pawl.experiment.StartedSweep;
import dev.pawl.experiment.Trial;
import dev.pawl.kernel.Count;
import java.util.HashSet;
import java.util.Set;

/** Tells of a sweep while it runs: a line for each trial that ends. */
final class SweepProgress {
    private final Printed printed;
    private final Set<String> told = new HashSet<>();

    SweepProgress(Printed printed) {
        this.printed = printed;
    }

    /** What is over already is not told again. */
    void resumed(SweepView sweep) {
        line("%s goes on: %d of %d trials have ended, %s"
                .formatted(sweep.sweep(), sweep.ended(), sweep.all(), sweep.bestSoFar()));
        sweep.trials().stream().filter(SweepProgress::isOver).forEach(this::isNew);
    }

    void started(SweepView sweep) {
        line("%s begins: %s".formatted(sweep.sweep(), Count.of(sweep.all(), "trial")));
    }

    void show(SweepView sweep) {
        sweep.trials().stream()
                .filter(SweepProgress::isOver)
                .filter(this::isNew)
                .forEach(trial ->
                        line("%d/%d %s%s".formatted(told.size(), sweep.all(), text(sweep, trial), rest(sweep, trial))));
    }

    /**
     * Tells how it ended.
     *
     * @param goOn the command that goes on with one that was stopped
     * @return the exit code
     */
    int end(SweepView sweep, String goOn) {
        if (printed.asJson()) {
            printed.json(sweep);
        } else if (sweep.state() == StartedSweep.State.STOPPED) {
            line("%s is stopped: '%s' goes on with it".formatted(sweep.sweep(), goOn));
        } else {
            sweep.print(printed);
        }
        return sweep.state() == StartedSweep.State.ENDED && sweep.best().isPresent() ? 0 : 1;
    }

    private static String text(SweepView sweep, TrialView trial) {
        String round = sweep.rounds().size() == 1 ? "" : " in round " + (trial.round() + 1);
        return "trial %d%s: %s %s".formatted(trial.number(), round, sweep.metric(), trial.result());
    }

    private static String rest(SweepView sweep, TrialView trial) {
        String why = trial.because().isBlank()
                ? ""
                : " (" + trial.because().lines().findFirst().orElse("") + ")";
        return why + ", " + sweep.bestSoFar() + ", " + trial.values();
    }

    private boolean isNew(TrialView trial) {
        return told.add(trial.round() + "/" + trial.number());
    }

    private static boolean isOver(TrialView trial) {
        return trial.state() == Trial.State.ENDED;
    }

    private void line(String text) {
        if (!printed.asJson()) {
            printed.line(text);
        }
    }
}
