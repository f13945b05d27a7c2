package dev.pawl.definition;

import java.util.List;
import java.util.Optional;

/** {@code pipeline}: a class whose methods are the steps, or steps that are commands. */
sealed interface PipelineSection permits ClassPipeline, CommandPipeline {
    /** The most steps a pipeline can have. */
    int MOST_STEPS = 500;

    static PipelineSection read(YamlMap pipeline) {
        return pipeline.has("class") ? ClassPipeline.read(pipeline) : CommandPipeline.read(pipeline);
    }

    Optional<String> className();

    /** The steps in the order of their declaration, with references as yet unresolved. */
    List<StepDraft> steps(Optional<String> description, Problems problems);
}
