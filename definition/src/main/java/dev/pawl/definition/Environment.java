package dev.pawl.definition;

import dev.pawl.kernel.EnvironmentName;
import java.util.List;
import java.util.Optional;

/**
 * Where the pipeline is deployed to.
 *
 * @param branch whose packages it takes, if any
 * @param requires what its machine must offer, checked before every deployment
 */
public record Environment(EnvironmentName name, Optional<String> branch, DeployMode deploy, Requirements requires) {

    public enum DeployMode {
        AUTOMATIC,
        MANUAL
    }

    /**
     * @param java the lowest feature version of Java; 0 = any
     * @param memoryBytes 0 = any
     * @param commands that must be found on the PATH
     */
    public record Requirements(int java, long memoryBytes, List<String> commands) {}
}
