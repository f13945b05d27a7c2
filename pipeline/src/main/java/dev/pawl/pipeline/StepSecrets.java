package dev.pawl.pipeline;

import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.Secrets.Secret;
import java.util.SortedMap;
import java.util.TreeMap;

/** The secrets that a step declares, by the names it knows them by. */
record StepSecrets(Secrets all) {
    SortedMap<String, Secret> of(ProjectName project, Step step) {
        SortedMap<String, Secret> known = new TreeMap<>();
        step.rules().secrets().forEach((variable, name) -> known.put(variable, all.require(project, name)));
        return known;
    }

    /** What a cache key holds of them. */
    static SortedMap<String, String> versions(Step step, SortedMap<String, Secret> known) {
        SortedMap<String, String> versions = new TreeMap<>();
        known.forEach((variable, secret) ->
                versions.put(variable, step.rules().secrets().get(variable) + "/" + secret.version()));
        return versions;
    }
}
