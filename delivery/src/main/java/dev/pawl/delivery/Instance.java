package dev.pawl.delivery;

import java.util.List;

/** A running model version, asked over its real API. Safe for use by many threads. Closing it ends its process. */
public interface Instance extends AutoCloseable {
    /** The names of the features, in the order in which {@link #infer} takes them. */
    List<String> features();

    /**
     * One answer for each row.
     *
     * @param rows values in the order of {@link #features}; NaN is a missing one
     * @throws dev.pawl.kernel.PawlException when the instance refuses or fails; the message says how
     */
    double[] infer(List<double[]> rows) throws InterruptedException;

    /** Whether requests that cannot be right, like a row with a feature too few, get an error rather than an answer. */
    boolean refusesBadInput() throws InterruptedException;

    @Override
    void close();
}
