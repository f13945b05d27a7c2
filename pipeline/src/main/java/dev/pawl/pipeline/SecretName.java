package dev.pawl.pipeline;

import dev.pawl.kernel.Id;
import dev.pawl.kernel.ProjectName;
import java.util.Optional;

/**
 * What a secret is called.
 *
 * @param project the one that may use it; every project where there is none
 */
public record SecretName(Optional<ProjectName> project, String name) {
    private static final String EVERY = "every-project";

    public SecretName {
        Id.require("secret's name", name, Id.NAME);
    }

    /** Where it lies below the folder of secrets; no project has a name with a dot. */
    String path() {
        return project.map(ProjectName::value).orElse("." + EVERY) + "/" + name;
    }

    @Override
    public String toString() {
        return "'" + name + "' of " + project.map(it -> "project " + it).orElse("every project");
    }
}
