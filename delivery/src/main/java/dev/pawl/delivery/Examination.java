package dev.pawl.delivery;

import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.HeldOut;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A challenger before its gates, with all that they look at. Belongs to one thread; closing it ends its instance. */
final class Examination implements AutoCloseable {
    private static final int ROWS_PER_REQUEST = 500;

    private final Challenger challenger;
    private final Optional<Champion> champion;
    private final List<String> championFeatures;
    private final ModelPlan plan;
    private final Supplier<HeldOut> heldOut;
    private final Instances instances;
    private Optional<Instance> running = Optional.empty();

    /** @param heldOut throws if the table is missing or cannot be read */
    Examination(
            Challenger challenger,
            Optional<Champion> champion,
            List<String> championFeatures,
            ModelPlan plan,
            Supplier<HeldOut> heldOut,
            Instances instances) {
        this.challenger = challenger;
        this.champion = champion;
        this.championFeatures = championFeatures;
        this.plan = plan;
        this.heldOut = heldOut;
        this.instances = instances;
    }

    Optional<Champion> champion() {
        return champion;
    }

    List<String> championFeatures() {
        return championFeatures;
    }

    ModelPlan plan() {
        return plan;
    }

    HeldOut heldOut() {
        return heldOut.get();
    }

    /** The challenger's instance, started when it is first asked for: one for all gates. */
    Instance instance() throws InterruptedException {
        if (running.isEmpty()) {
            running = Optional.of(instances.start(challenger.version(), challenger.artifact()));
        }
        return running.orElseThrow();
    }

    /** What the challenger takes, as far as is known. */
    List<String> features() {
        return running.map(Instance::features).orElse(List.of());
    }

    /** A second instance; the caller closes it. */
    Instance startChampion(Champion version) throws InterruptedException {
        return instances.start(version.version(), version.artifact());
    }

    /** The answers to rows of the held-out table, asked for a few hundred at a time. */
    double[] answers(Instance instance, int mostRows) throws InterruptedException {
        List<double[]> rows = heldOut().features(instance.features(), mostRows);
        double[] answers = new double[rows.size()];
        for (int from = 0; from < rows.size(); from += ROWS_PER_REQUEST) {
            List<double[]> some = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_REQUEST));
            double[] part = instance.infer(some);
            requireCount(some.size(), part.length);
            System.arraycopy(part, 0, answers, from, part.length);
        }
        return answers;
    }

    private static void requireCount(int rows, int answers) {
        if (rows != answers) {
            throw PawlException.user("bad-answer", "%d rows got %d answers".formatted(rows, answers));
        }
    }

    @Override
    public void close() {
        running.ifPresent(Instance::close);
    }
}
