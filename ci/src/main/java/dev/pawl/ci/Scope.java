package dev.pawl.ci;

import dev.pawl.kernel.CiRunId;
import java.util.List;
import java.util.Optional;

/**
 * Which checks a CI run makes.
 *
 * @param only these, by name, with what they need, and no package comes of it; empty: all
 * @param rerunOf the run that it does again, if it does
 * @param failedOnly whether it takes over what passed in that one
 * @param cached whether it may take over the verdicts of any run with the same content
 */
public record Scope(List<String> only, Optional<CiRunId> rerunOf, boolean failedOnly, boolean cached) {
    static final Scope ALL = new Scope(List.of(), Optional.empty(), false, true);

    /** Some checks only. */
    public static Scope only(List<String> names) {
        return new Scope(List.copyOf(names), Optional.empty(), false, false);
    }

    /** Whether it ends with a package. */
    boolean isWhole() {
        return only.isEmpty();
    }

    /** {@code unit} stands for all checks whose names begin so. */
    boolean asksFor(String check) {
        return isWhole() || only.stream().anyMatch(name -> check.equals(name) || check.startsWith(name + "."));
    }
}
