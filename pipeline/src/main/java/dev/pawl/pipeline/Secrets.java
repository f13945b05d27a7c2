package dev.pawl.pipeline;

import dev.pawl.kernel.ProjectName;
import java.util.Optional;

/** Where the values of secrets come from; a definition only names them. Safe for use by many threads. */
public interface Secrets {
    /**
     * @param version changes with the value and tells nothing of it: cache keys hold it, and the value is nowhere kept but here
     */
    record Secret(String value, String version) {
        @Override
        public String toString() {
            return "secret of version " + version;
        }
    }

    Optional<Secret> find(ProjectName project, String name);

    static Secrets none() {
        return (_, _) -> Optional.empty();
    }
}
