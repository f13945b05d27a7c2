package dev.pawl.definition;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pawl.kernel.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What a pipeline class says of its steps, by version 1 of the step contract. */
record ClassDescription(@JsonProperty("class") String className, List<StepDescription> steps) {
    ClassDescription {
        Objects.requireNonNull(className, "class");
        steps = List.copyOf(steps);
    }

    static ClassDescription read(String json) {
        return Json.read(json, ClassDescription.class);
    }

    // Its writer is the project's own SDK, perhaps of another version: what lacks is found by the constructors.

    /**
     * @param inputs the step that gives each input, by the input's name
     * @param sources the source of data of each other input, by the input's name
     */
    record StepDescription(
            String name,
            Map<String, String> inputs,
            Map<String, String> sources,
            Map<String, ParameterDescription> parameters,
            OutputDescription output) {
        public StepDescription {
            Objects.requireNonNull(name, "name");
            inputs = Map.copyOf(inputs);
            sources = Map.copyOf(sources);
            parameters = Map.copyOf(parameters);
            Objects.requireNonNull(output, "output");
        }
    }

    record OutputDescription(String name, OutputKind type) {
        public OutputDescription {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }
    }

    /** @param byDefault empty if pawl.yaml must give a value */
    record ParameterDescription(
            ParameterType type,
            @JsonProperty("default") Optional<Object> byDefault,
            Optional<BigDecimal> min,
            Optional<BigDecimal> max) {
        public ParameterDescription {
            Objects.requireNonNull(type, "type");
        }
    }

    /** The types of outputs that a method can have. */
    enum OutputKind {
        @JsonProperty("table")
        TABLE(Definition.OutputType.TABLE),
        @JsonProperty("model")
        MODEL(Definition.OutputType.MODEL),
        @JsonProperty("report")
        REPORT(Definition.OutputType.REPORT),
        @JsonProperty("file")
        FILE(Definition.OutputType.FILE);

        private final Definition.OutputType type;

        OutputKind(Definition.OutputType type) {
            this.type = type;
        }

        Definition.OutputType type() {
            return type;
        }
    }

    /** The types of parameters that a method can have. */
    enum ParameterType {
        @JsonProperty("int")
        INT,
        @JsonProperty("long")
        LONG,
        @JsonProperty("double")
        DOUBLE,
        @JsonProperty("string")
        STRING,
        @JsonProperty("boolean")
        BOOLEAN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
