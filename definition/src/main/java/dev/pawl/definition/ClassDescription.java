package dev.pawl.definition;

import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a pipeline class says of its steps, by version 2 of the step contract; read as strictly as pawl.yaml. */
record ClassDescription(String className, String doc, List<StepDescription> steps) {
    private static final int CONTRACT = 2;
    private static final String OTHER_SDK = "its description does not keep version " + CONTRACT
            + " of the step contract; is the SDK of another version? ";

    /** Texts whose form is the SDK's business: for people, or names that Java allows. */
    private static final YamlFormat<String> ANY_TEXT = YamlFormat.VARIABLE;

    private static final YamlFormat<ParameterRule.Type> TYPE = YamlFormat.oneOf(ParameterRule.Type.class);
    private static final YamlFormat<BigDecimal> NUMBER =
            new YamlFormat<>("a number", BigDecimal.ZERO, YamlScalar::number);

    /**
     * @param inputs from other steps and from data
     * @param settings what pawl.yaml may say otherwise
     */
    record StepDescription(
            YamlPlace place,
            StepName name,
            String doc,
            JavaMethod command,
            SortedMap<String, Reference> inputs,
            SequencedMap<String, StepParameters.Declared> parameters,
            SortedMap<String, Output> outputs,
            StepSettings settings) {}

    /**
     * Reads it; what is wrong with it is reported at the place where the class is named.
     *
     * @throws PawlException at once if nothing can be made of it
     */
    static ClassDescription read(String json, YamlPlace place, Problems problems) {
        var nodes = new JsonNodes(problems, step -> place.within("step " + step.get("name")));
        YamlMap description = nodes.map(json(json, place, problems), place);
        if (!description
                .optional("contract", YamlFormat.whole(1, Integer.MAX_VALUE))
                .equals(Optional.of(CONTRACT))) {
            problems.add(place, OTHER_SDK.strip());
            throw problems.exception();
        }
        var read = new ClassDescription(
                description.required("class", YamlFormat.CLASS_NAME),
                description.optional("doc", ANY_TEXT, ""),
                description.mapList("steps").stream()
                        .map(ClassDescription::step)
                        .toList());
        description.reportUnknown();
        return read;
    }

    private static Map<String, Object> json(String json, YamlPlace place, Problems problems) {
        try {
            return Json.map(json);
        } catch (PawlException e) {
            problems.add(place, OTHER_SDK + e.text());
            throw problems.exception();
        }
    }

    private static StepDescription step(YamlMap step) {
        var outputs = new TreeMap<String, Output>();
        step.map("output").ifPresent(output -> outputs.put(output.required("name", ANY_TEXT), output(output)));
        return new StepDescription(
                step.place(),
                step.required("name", YamlFormat.STEP),
                step.optional("doc", ANY_TEXT, ""),
                new JavaMethod(step.required("class", YamlFormat.CLASS_NAME), step.required("method", ANY_TEXT)),
                inputs(step),
                parameters(step.mapOrEmpty("parameters")),
                outputs,
                StepSettings.described(step));
    }

    private static Output output(YamlMap output) {
        OutputType type = output.required("type", OutputFormat.TYPE);
        boolean list = output.optional("list", YamlFormat.TRUTH, false);
        if (list && type == OutputType.FOLDER) {
            output.problems().add(output.placeOf("list"), OutputFormat.NO_LIST);
        }
        return new Output(type, list);
    }

    private static SortedMap<String, Reference> inputs(YamlMap step) {
        var inputs = new TreeMap<String, Reference>();
        step.mapOrEmpty("inputs")
                .maps()
                .forEach((name, from) -> inputs.put(
                        name,
                        new Reference(
                                from.place(),
                                from.required("step", ANY_TEXT),
                                from.optional("each", YamlFormat.TRUTH, false),
                                from.optional("optional", YamlFormat.TRUTH, false),
                                from.optional("list", YamlFormat.TRUTH, false))));
        YamlMap sources = step.mapOrEmpty("sources");
        sources.scalars(ANY_TEXT)
                .forEach((name, source) ->
                        inputs.put(name, Reference.plain(sources.keyPlace(name), Scope.DATA + "." + source)));
        return inputs;
    }

    private static SequencedMap<String, StepParameters.Declared> parameters(YamlMap parameters) {
        var declared = new LinkedHashMap<String, StepParameters.Declared>();
        parameters.maps().forEach((name, parameter) -> {
            SecretLike.refuse(name, parameter.place(), "take it as @Secret", parameters.problems());
            declared.put(name, parameter(parameter));
        });
        return declared;
    }

    private static StepParameters.Declared parameter(YamlMap parameter) {
        var rule = ParameterRule.declared(
                parameter.required("type", TYPE), parameter.optional("min", NUMBER), parameter.optional("max", NUMBER));
        return new StepParameters.Declared(
                rule, parameter.optional("default", rule.format()), parameter.optional("doc", ANY_TEXT, ""));
    }
}
