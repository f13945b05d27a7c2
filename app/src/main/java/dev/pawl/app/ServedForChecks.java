package dev.pawl.app;

import dev.pawl.ci.ModelTrials;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;

/** Serves models for the checks of CI as the gates of delivery have them served: there is no version yet, so it is called the first. */
record ServedForChecks(ProcessInstances instances) implements ModelTrials {
    @Override
    public Served serve(ModelName name, Digest model) throws InterruptedException {
        return instances.startInTurn(new ModelVersion(name, 1), model);
    }
}
