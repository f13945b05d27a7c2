package dev.pawl.ci;

import dev.pawl.ci.ModelTrials.Served;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.HeldOut;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks models for predictions: that of the integration run, and others in its place, one after the other in one process, which starts
 * when the first is asked. Safe for use by many threads.
 */
final class Predictions implements AutoCloseable {
    private static final int MOST_ROWS = 100;

    private final Trials trials;
    private final ModelPlan plan;
    private final Digest model;
    private final Digest table;
    private final long until;
    private @Nullable HeldOut heldOut;
    private @Nullable Served served;
    private @Nullable Digest answering;

    /** @param until when the time of all questions is over */
    Predictions(Trials trials, ModelPlan plan, RecordedRun run, long until) {
        this.until = until;
        this.trials = trials;
        this.plan = plan;
        this.model = run.gave(plan.from(), OutputType.MODEL);
        this.table = run.gave(plan.holdout().table(), OutputType.TABLE);
    }

    /** Those of the project's model, for a step that gives it. */
    ModelPlan plan() {
        return plan;
    }

    /** That of the integration run. */
    Digest model() {
        return model;
    }

    /** The held-out table of the integration run. */
    Digest table() {
        return table;
    }

    /** What a model is asked for, once it is known which features it wants. */
    interface Rows {
        List<double[]> of(List<String> features);
    }

    synchronized List<String> features(Digest of) throws InterruptedException {
        return serving(of).features();
    }

    /**
     * The first held-out rows.
     *
     * @throws PawlException if they lack one of the features
     */
    synchronized List<double[]> heldOut(List<String> features) {
        HeldOut rows = heldOut;
        if (rows == null) {
            rows = HeldOut.read(trials.store().artifacts().text(table), plan.holdout());
            heldOut = rows;
        }
        List<String> missing = rows.missing(features);
        if (!missing.isEmpty()) {
            throw PawlException.user(
                    "no-feature", "it wants %s, and the held-out table has no such column".formatted(missing));
        }
        return rows.features(features, MOST_ROWS);
    }

    /** How a model that a step gave of hostile data answers the held-out rows, which are as they are. */
    Bearing ofGiven(Digest given) throws InterruptedException {
        try {
            return switch (bearing(given, this::heldOut)) {
                case Bearing.Gave gave -> gave;
                case Bearing.Refused(String because) ->
                    failed("the model that it gave refuses the held-out rows: " + because);
                case Bearing.Failed(String why, var _) ->
                    failed("the model that it gave, asked with the held-out rows: " + why);
            };
        } catch (PawlException e) {
            if (e.kind() == PawlException.Kind.USER) {
                return failed("the model that it gave cannot be asked: " + e.text());
            }
            throw e;
        }
    }

    /** @throws PawlException if it cannot be loaded, or not be asked with such rows */
    synchronized Bearing bearing(Digest of, Rows rows) throws InterruptedException {
        HostileTrials.left(trials.store().clock(), until);
        Served asked = serving(of);
        List<double[]> all = rows.of(asked.features());
        try {
            return judged(all.size(), asked.predict(all));
        } catch (PawlException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            return switch (e.kind()) {
                case USER, NOT_FOUND, CONFLICT, LIMIT -> new Bearing.Refused(e.text());
                case EXTERNAL, INTERNAL -> {
                    close();
                    yield failed("it broke: " + e.text());
                }
            };
        }
    }

    private static Bearing judged(int rows, double[] answers) {
        double[] wrong = DoubleStream.of(answers)
                .filter(answer -> !Double.isFinite(answer))
                .toArray();
        if (wrong.length > 0) {
            return failed("it answers %s to %d of %d rows".formatted(wrong[0], wrong.length, rows));
        }
        return answers.length == rows
                ? new Bearing.Gave()
                : failed("it gives %d answers to %d rows".formatted(answers.length, rows));
    }

    private static Bearing failed(String why) {
        return new Bearing.Failed(why, Optional.empty());
    }

    private Served serving(Digest wanted) throws InterruptedException {
        Served running = served;
        if (running == null) {
            running = trials.models().serve(plan.name(), wanted);
            served = running;
        } else if (!wanted.equals(answering)) {
            replace(running, wanted);
        }
        answering = wanted;
        return running;
    }

    private void replace(Served running, Digest wanted) throws InterruptedException {
        answering = null;
        try {
            running.replace(wanted);
        } catch (PawlException e) {
            if (e.code().equals(ModelTrials.ENDED)) {
                close(); // the next one is asked in another process
            }
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        Served running = served;
        served = null;
        answering = null;
        if (running != null) {
            running.close();
        }
    }
}
