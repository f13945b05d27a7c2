package dev.pawl.delivery;

import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.HeldOut;
import java.util.List;

/** Does the version start and load, and can its features be had? */
record CompatibilityGate() implements Gate {
    record Evidence(List<String> features, List<String> columns, List<String> missing) {}

    @Override
    public String name() {
        return "compatibility";
    }

    @Override
    public Finding examine(Examination examination) throws InterruptedException {
        List<String> features = examination.instance().features();
        if (features.isEmpty()) {
            throw PawlException.user("no-features", "the model takes no features");
        }
        HeldOut heldOut = examination.heldOut();
        List<String> missing = heldOut.missing(features);
        return Finding.of(
                missing.isEmpty(),
                missing.isEmpty()
                        ? "it starts, and all of its %d features are known".formatted(features.size())
                        : "no columns of the held-out table: features " + missing,
                new Evidence(features, heldOut.columns(), missing));
    }
}
