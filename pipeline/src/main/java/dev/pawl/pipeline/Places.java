package dev.pawl.pipeline;

import dev.pawl.definition.Definition.StepRules;
import java.util.Map;

/** How many steps a server runs at a time, by pool. A step takes as many places as it wants processors. */
public record Places(Map<String, Integer> byPool) {
    public Places {
        byPool = Map.copyOf(byPool);
    }

    /** As many in the default pool as there are processors, and no other pool. */
    public static Places ofThisMachine() {
        return inDefaultPool(Runtime.getRuntime().availableProcessors());
    }

    public static Places inDefaultPool(int places) {
        return new Places(Map.of(StepRules.DEFAULT_POOL, places));
    }

    /** Of a pool that this server does not have, one: the attempt then says what is wrong. */
    int of(String pool) {
        return byPool.getOrDefault(pool, 1);
    }
}
