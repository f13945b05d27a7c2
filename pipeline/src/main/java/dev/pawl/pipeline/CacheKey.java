package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.Command;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import java.util.SortedMap;

/**
 * All that a step's outputs depend on: content, not names or times. The names by which a step knows its inputs count, as they
 * are what its code says.
 *
 * @param schema changes when the meaning of a key does
 * @param code for a command, what it may read of the package; the jars for Java, so that data beside them may change
 * @param endings of the inputs' files, which the steps that give them declare
 * @param secrets their versions, by the name the step knows them by
 */
record CacheKey(
        int schema,
        Digest code,
        Command command,
        SortedMap<String, Object> parameters,
        SortedMap<String, Digest> inputs,
        SortedMap<String, String> endings,
        SortedMap<String, Output> outputs,
        SortedMap<String, String> secrets) {
    private static final int SCHEMA = 4;

    static CacheKey of(
            Definition.Step step, Packages.Unpacked read, StepInputs inputs, SortedMap<String, String> secrets) {
        Digest code = switch (step.command()) {
            case JavaMethod _ -> read.code();
            case Shell _ -> read.digest();
        };
        return new CacheKey(
                SCHEMA,
                code,
                step.command(),
                step.parameters(),
                inputs.digests(),
                inputs.endings(),
                step.outputs(),
                secrets);
    }

    Digest digest() {
        return Json.digest(this);
    }
}
