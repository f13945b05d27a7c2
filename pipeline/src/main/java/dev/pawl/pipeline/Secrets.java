package dev.pawl.pipeline;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import java.util.Optional;

/** Where the values of secrets come from; a definition only names them. Safe for use by many threads. */
public interface Secrets {
    /**
     * @param version changes whenever the value is set and tells nothing of it: cache keys hold it, and the value is nowhere kept but
     *     here
     */
    record Secret(String value, String version) {
        @Override
        public String toString() {
            return "secret of version " + version;
        }
    }

    Optional<Secret> find(ProjectName project, String name);

    /** Why the steps of a run may not have any, if they may not. */
    default Optional<String> withheld(RunQueue.RunSpec run) {
        return Optional.empty();
    }

    /** @throws PawlException if it is not set, saying how to set it */
    default Secret require(ProjectName project, String name) {
        return find(project, name)
                .orElseThrow(() -> PawlException.user(
                        "no-secret",
                        "it needs the secret '%s', which is not set; set it with: %s"
                                .formatted(name, command(project, name))));
    }

    /** The command that sets a secret here, for people who are told that it is missing. */
    default String command(ProjectName project, String name) {
        return "pawl secret set --for %s %s".formatted(project, name);
    }

    static Secrets none() {
        return (_, _) -> Optional.empty();
    }
}
