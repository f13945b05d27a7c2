package dev.pawl.ci;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ModelName;
import java.util.List;

/** Starts models as they will be served, apart from the prediction service, so that checks can ask them. */
public interface ModelTrials {
    /** The code of what is thrown when the process has ended by itself. */
    String ENDED = "instance-ended";

    /**
     * Starts a model in a process of its own and returns when it answers.
     *
     * @throws dev.pawl.kernel.PawlException when it does not start or cannot load the model; the message says why
     */
    Served serve(ModelName name, Digest model) throws InterruptedException;

    /** A model that answers. Closing it ends its process. To be used by one thread at a time. */
    interface Served extends AutoCloseable {
        /** The names of the features, in the order in which {@link #predict} takes them. */
        List<String> features();

        /**
         * One prediction for each row.
         *
         * @param rows values in the order of {@link #features}; NaN is a missing one
         */
        double[] predict(List<double[]> rows) throws InterruptedException;

        /**
         * Lets another model answer in its place, in the same process.
         *
         * @throws dev.pawl.kernel.PawlException when it cannot be loaded; the one before answers on then
         */
        void replace(Digest model) throws InterruptedException;

        @Override
        void close();
    }
}
