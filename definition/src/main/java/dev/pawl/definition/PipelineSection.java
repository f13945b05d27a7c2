package dev.pawl.definition;

import dev.pawl.definition.Definition.RunRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code pipeline}: a class whose methods are the steps, or steps that are commands. */
sealed interface PipelineSection permits ClassPipeline, CommandPipeline {
    /** The most steps a pipeline can have, those of nested ones included. */
    int MOST_STEPS = 500;

    int MOST_CONCURRENT = 1_000;
    int HIGHEST_PRIORITY = 100;

    static PipelineSection read(YamlMap pipeline, Path repository) {
        return pipeline.has("class") ? ClassPipeline.read(pipeline) : CommandPipeline.read(pipeline, repository);
    }

    static RunRules rules(YamlMap pipeline) {
        return new RunRules(
                pipeline.optional("concurrency", YamlFormat.whole(1, MOST_CONCURRENT), RunRules.USUAL.concurrency()),
                pipeline.optional(
                        "priority", YamlFormat.whole(-HIGHEST_PRIORITY, HIGHEST_PRIORITY), RunRules.USUAL.priority()));
    }

    Optional<String> className();

    RunRules rules();

    /** The steps in the order of their declaration, with references as yet unresolved. */
    List<Draft> drafts(Optional<String> description, Problems problems);
}
