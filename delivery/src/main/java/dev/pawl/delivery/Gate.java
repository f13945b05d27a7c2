package dev.pawl.delivery;

import dev.pawl.definition.ModelPlan;
import java.util.List;

/** A check between a challenger and the champion's place. */
interface Gate {
    String name();

    /** Whether pawl.yaml asks for it. */
    default boolean declared(ModelPlan plan) {
        return true;
    }

    /** Throwing means that the gate could not run: then it stays closed. */
    Finding examine(Examination examination) throws InterruptedException;

    /** Gates that a version goes through, cheapest first. */
    static List<Gate> all(LoadGenerator load) {
        return List.of(new CompatibilityGate(), new ApiGate(), new QualityGate(), new LoadGate(load));
    }
}
