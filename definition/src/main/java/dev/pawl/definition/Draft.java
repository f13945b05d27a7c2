package dev.pawl.definition;

import dev.pawl.definition.Definition.Command;
import dev.pawl.definition.Definition.Input;
import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.Definition.StepRules;
import dev.pawl.kernel.StepName;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;

/** A step as it is written, before what it refers to is known. */
sealed interface Draft {
    /** Where it is declared. */
    YamlPlace place();

    StepName name();

    /** What its Python environment is made of, if it is to have one. */
    Optional<String> requirementFile();

    /** One that runs something. */
    record StepDraft(
            YamlPlace place,
            StepName name,
            Command command,
            SortedMap<String, Reference> inputs,
            SortedMap<String, Object> parameters,
            SortedMap<String, ParameterRule> parameterRules,
            SortedMap<String, Output> outputs,
            StepSettings settings,
            StepRules rules)
            implements Draft {

        @Override
        public Optional<String> requirementFile() {
            return command instanceof Shell shell ? shell.python() : Optional.empty();
        }

        LinkedStep linked(StepName fullName, SortedMap<String, Input> resolved) {
            return new LinkedStep(this, new Step(fullName, command, resolved, parameters, outputs, rules));
        }
    }

    /**
     * One that stands for all the steps of a nested pipeline.
     *
     * @param parameters of its steps, by {@code STEP.PARAMETER}
     */
    record CallDraft(
            YamlPlace place,
            StepName name,
            Placed<String> pipeline,
            SortedMap<String, Reference> inputs,
            SequencedMap<String, Placed<YamlScalar>> parameters)
            implements Draft {

        @Override
        public Optional<String> requirementFile() {
            return Optional.empty();
        }
    }
}
