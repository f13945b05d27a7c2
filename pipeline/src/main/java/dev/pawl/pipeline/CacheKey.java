package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.Command;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import java.util.SortedMap;

/**
 * All that a step's outputs depend on: content, not names or times. The names by which a step knows its inputs count, as they
 * are what its code says.
 *
 * @param schema changes when the meaning of a key does
 * @param code the package for a command, which may read any file of it; the jars for Java, so that data beside them may change
 */
record CacheKey(
        int schema,
        Digest code,
        Command command,
        SortedMap<String, Object> parameters,
        SortedMap<String, Digest> inputs,
        SortedMap<String, OutputType> outputs) {
    private static final int SCHEMA = 1;

    static CacheKey of(Definition.Step step, Packages.Unpacked unpacked, SortedMap<String, Digest> inputs) {
        Digest code = switch (step.command()) {
            case JavaMethod _ -> unpacked.code();
            case Shell _ -> unpacked.digest();
        };
        return new CacheKey(SCHEMA, code, named(step), step.parameters(), inputs, step.outputs());
    }

    Digest digest() {
        return Json.digest(this);
    }

    /** Which method of the class it is only the step's name tells. */
    private static Command named(Definition.Step step) {
        return switch (step.command()) {
            case JavaMethod method -> new JavaMethod(method.className() + "." + step.name());
            case Shell shell -> shell;
        };
    }
}
