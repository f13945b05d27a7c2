package dev.pawl.pipeline;

import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.pipeline.Secrets.Secret;
import java.util.SortedMap;
import java.util.TreeMap;

/** The secrets that a step declares, by the names it knows them by. */
record StepSecrets(Secrets all) {
    SortedMap<String, Secret> of(RunSpec run, Step step) {
        SortedMap<String, Secret> known = new TreeMap<>();
        if (!step.rules().secrets().isEmpty()) {
            all.withheld(run).ifPresent(why -> {
                throw PawlException.user(
                        "secret-withheld",
                        "it needs the secrets %s, which are withheld from this run: %s"
                                .formatted(step.rules().secrets().values(), why));
            });
        }
        step.rules().secrets().forEach((variable, name) -> known.put(variable, all.require(run.project(), name)));
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
