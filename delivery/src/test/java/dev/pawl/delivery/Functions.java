package dev.pawl.delivery;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/** Instances whose models are functions of the features, by the digest of a made-up artifact. */
final class Functions implements Instances {
    static final List<String> FEATURES = List.of("trend", "noise");

    final AtomicInteger started = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    private final Map<Digest, Model> models = new ConcurrentHashMap<>();
    private volatile Optional<Interruptible> whenStarted = Optional.empty();

    /** What happens while an instance starts. */
    interface Interruptible {
        void run(ModelVersion version) throws InterruptedException;
    }

    /** A model with its flaws; each method is what the gates ask. */
    static class Model implements Instance {
        private final ToDoubleFunction<double[]> function;

        Model(ToDoubleFunction<double[]> function) {
            this.function = function;
        }

        @Override
        public List<String> features() {
            return FEATURES;
        }

        @Override
        public double[] infer(List<double[]> rows) throws InterruptedException {
            return rows.stream().mapToDouble(function).toArray();
        }

        @Override
        public boolean refusesBadInput() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Off by a share of the truth, more on some rows than on others. */
    static Model off(double share) {
        return new Model(row -> row[0] * (1 + share * (1 + row[1])));
    }

    Digest artifact(String name, Model model) {
        Digest digest = Digest.of(name);
        models.put(digest, model);
        return digest;
    }

    void whenStarted(Interruptible action) {
        whenStarted = Optional.of(action);
    }

    @Override
    public Instance start(ModelVersion version, Digest artifact) throws InterruptedException {
        if (whenStarted.isPresent()) {
            whenStarted.orElseThrow().run(version);
        }
        Model model = models.get(artifact);
        if (model == null) {
            throw PawlException.user("bad-model", "this is not a model");
        }
        started.incrementAndGet();
        return new Counted(model, closed);
    }

    private record Counted(Instance model, AtomicInteger closed) implements Instance {
        @Override
        public List<String> features() {
            return model.features();
        }

        @Override
        public double[] infer(List<double[]> rows) throws InterruptedException {
            return model.infer(rows);
        }

        @Override
        public boolean refusesBadInput() throws InterruptedException {
            return model.refusesBadInput();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
