package dev.pawl.delivery;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ModelVersion;

/** Starts model versions apart from the prediction service, so that gates can try them where they do no harm. */
public interface Instances {
    /**
     * Starts a version in a process of its own and returns when it answers.
     *
     * @throws dev.pawl.kernel.PawlException when it does not start or cannot load the model; the message says why
     * @throws InterruptedException when this server is being stopped
     */
    Instance start(ModelVersion version, Digest artifact) throws InterruptedException;
}
