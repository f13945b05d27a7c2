package dev.pawl.definition;

import dev.pawl.definition.Definition.RunRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Steps that are commands, in any language. */
record CommandPipeline(List<Draft> drafts, RunRules rules) implements PipelineSection {

    static CommandPipeline read(YamlMap pipeline, Path repository) {
        if (!pipeline.has("steps")) {
            pipeline.problems().addUnlessTold(pipeline.place(), "needs a class, or steps with commands to run");
        }
        return new CommandPipeline(new CommandSteps(repository).read(pipeline), PipelineSection.rules(pipeline));
    }

    @Override
    public Optional<String> className() {
        return Optional.empty();
    }

    @Override
    public List<Draft> drafts(Optional<String> description, Problems problems) {
        return drafts;
    }
}
