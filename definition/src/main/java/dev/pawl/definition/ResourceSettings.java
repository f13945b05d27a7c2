package dev.pawl.definition;

import dev.pawl.definition.Definition.Resources;
import java.time.Duration;
import java.util.Optional;

/** What pawl.yaml, or the class, says of the resources that an attempt may take. */
record ResourceSettings(
        Optional<Long> memory, Optional<Integer> cpus, Optional<Integer> accelerators, Optional<Duration> cpuTime) {
    static final ResourceSettings NONE =
            new ResourceSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private static final int MOST_CPUS = 1024;
    private static final int MOST_ACCELERATORS = 64;

    /** @param cpuTime the key of the limit of processor time: as pawl.yaml, or as JSON writes it */
    static ResourceSettings read(YamlMap resources, String cpuTime) {
        return new ResourceSettings(
                resources.optional("memory", YamlFormat.BYTES),
                resources.optional("cpus", YamlFormat.whole(1, MOST_CPUS)),
                resources.optional("accelerators", YamlFormat.whole(0, MOST_ACCELERATORS)),
                resources.optional(cpuTime, YamlFormat.POSITIVE_DURATION));
    }

    /** What is not said here is as it is there. */
    ResourceSettings over(ResourceSettings there) {
        return new ResourceSettings(
                memory.or(there::memory),
                cpus.or(there::cpus),
                accelerators.or(there::accelerators),
                cpuTime.or(there::cpuTime));
    }

    Resources resources() {
        return new Resources(
                memory.orElse(Resources.UNLIMITED.memoryBytes()),
                cpus.orElse(Resources.UNLIMITED.cpus()),
                accelerators.orElse(Resources.UNLIMITED.accelerators()),
                cpuTime);
    }
}
