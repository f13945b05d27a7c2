package dev.pawl.app;

import dev.pawl.ci.ModelTrials;
import dev.pawl.delivery.Instance;
import dev.pawl.delivery.Instances;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import java.util.List;

/** Serves models for the checks of CI as the gates of delivery have them served: there is no version yet, so it is called the first. */
record ServedForChecks(Instances instances) implements ModelTrials {
    @Override
    public Served serve(ModelName name, Digest model) throws InterruptedException {
        Instance instance = instances.start(new ModelVersion(name, 1), model);
        return new Served() {
            @Override
            public List<String> features() {
                return instance.features();
            }

            @Override
            public double[] predict(List<double[]> rows) throws InterruptedException {
                return instance.infer(rows);
            }

            @Override
            public void close() {
                instance.close();
            }
        };
    }
}
