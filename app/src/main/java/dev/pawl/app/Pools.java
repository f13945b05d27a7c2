package dev.pawl.app;

import dev.pawl.definition.Definition.StepRules;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Places;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** How many steps may run at a time, as the user says it. */
final class Pools {
    private static final int MOST_PLACES = 10_000;

    @Option(
            names = "--pool",
            paramLabel = "NAME=PLACES",
            description = "How many steps of a pool run at a time (default: default=PROCESSORS; no other pool).")
    private Map<String, Integer> pools = Map.of();

    Places places() {
        Map<String, Integer> all = new TreeMap<>(pools);
        all.putIfAbsent(StepRules.DEFAULT_POOL, Runtime.getRuntime().availableProcessors());
        all.forEach((name, places) -> {
            if (places < 1 || places > MOST_PLACES) {
                throw PawlException.user(
                        "bad-pool", "--pool %s=%d: a pool has 1 to %d places".formatted(name, places, MOST_PLACES));
            }
        });
        return new Places(all);
    }
}
