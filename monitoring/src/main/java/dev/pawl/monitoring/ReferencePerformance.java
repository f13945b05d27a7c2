package dev.pawl.monitoring;

import dev.pawl.kernel.ModelVersion;
import java.util.List;

/** What a model does on the rows it was not trained on; asked for once for each version that is deployed. May be slow. */
public interface ReferencePerformance {
    /** The version's own held-out rows, scored by it, in any order. */
    List<Scored> holdout(ModelVersion version) throws Exception;
}
