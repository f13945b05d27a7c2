package dev.pawl.delivery;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What shall become of a package that wants into an environment. */
sealed interface DeploymentDecision {
    record Deploy() implements DeploymentDecision {}

    record Refuse(String because) implements DeploymentDecision {}

    /** Nothing happened, and nothing is to be recorded. */
    record Skip(String because) implements DeploymentDecision {}

    /**
     * The one place where this is decided.
     *
     * @param wanted the package
     * @param current the package that the environment runs
     * @param automatic nobody asked: then an environment never goes back to a package built earlier, even if jobs overtake
     *     each other
     */
    static DeploymentDecision of(
            KnownPackage wanted, Optional<KnownPackage> current, List<CompatibilityItem> checks, boolean automatic) {
        if (current.filter(running -> running.digest().equals(wanted.digest())).isPresent()) {
            return new Skip("it runs this package already");
        }
        if (automatic
                && current.filter(running -> running.position() > wanted.position())
                        .isPresent()) {
            return new Skip("it runs a newer package");
        }
        String complaints = checks.stream()
                .filter(item -> !item.ok())
                .map(CompatibilityItem::complaint)
                .collect(Collectors.joining("; "));
        return complaints.isEmpty() ? new Deploy() : new Refuse(complaints);
    }
}
