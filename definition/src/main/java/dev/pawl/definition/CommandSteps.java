package dev.pawl.definition;

import dev.pawl.definition.Definition.Output;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Draft.CallDraft;
import dev.pawl.definition.Draft.StepDraft;
import dev.pawl.kernel.StepName;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;

/** {@code steps} of a pipeline without class, be it the whole or nested. */
record CommandSteps(Path repository) {
    private static final YamlFormat<String> INPUT = YamlFormat.nameOf("an input");
    private static final YamlFormat<String> OUTPUT = YamlFormat.nameOf("an output");
    private static final YamlFormat<String> PIPELINE = YamlFormat.nameOf("a nested pipeline");
    private static final YamlFormat<String> FILES = new YamlFormat<>(
            "a path or glob within the package, such as train.py, lib/ or lib/*.py, without '..'",
            ".",
            scalar -> YamlFormat.RELATIVE_PATH.reading().apply(scalar).filter(CommandSteps::isGlob));

    List<Draft> read(YamlMap pipeline) {
        YamlMap steps = pipeline.mapOrEmpty("steps");
        var drafts = new ArrayList<Draft>();
        steps.maps()
                .forEach((name, step) ->
                        drafts.add(draft(steps.keyPlace(name), steps.name(name, YamlFormat.STEP), step)));
        if (pipeline.has("steps") && (drafts.isEmpty() || drafts.size() > PipelineSection.MOST_STEPS)) {
            pipeline.problems()
                    .addUnlessTold(
                            pipeline.placeOf("steps"), "must have from 1 to " + PipelineSection.MOST_STEPS + " steps");
        }
        return List.copyOf(drafts);
    }

    private Draft draft(YamlPlace place, StepName name, YamlMap step) {
        if (name.value().equals(Scope.DATA)) {
            step.problems().add(place, "a step cannot be named 'data', since data.NAME refers to a source");
        } else if (name.value().equals(Scope.INPUTS)) {
            step.problems().add(place, "a step cannot be named 'inputs', since inputs.NAME refers to an input");
        }
        return step.has("pipeline") ? call(place, name, step) : command(place, name, step);
    }

    private Draft call(YamlPlace place, StepName name, YamlMap step) {
        var inputs = new TreeMap<>(step.mapOrEmpty("inputs").scalars(Reference.FORMAT));
        YamlMap parameters = step.mapOrEmpty("parameters");
        parameters.scalars(YamlFormat.PARAMETER);
        var given = new LinkedHashMap<String, Placed<YamlScalar>>();
        parameters.scalars().forEach((key, value) -> given.put(key, new Placed<>(parameters.keyPlace(key), value)));
        var pipeline = new Placed<>(step.placeOf("pipeline"), step.required("pipeline", PIPELINE));
        return new CallDraft(place, name, pipeline, inputs, given);
    }

    private Draft command(YamlPlace place, StepName name, YamlMap step) {
        var settings = StepSettings.read(step, RetrySettings.OF_COMMANDS);
        var parameters = settings.writtenParameters();
        var rules = new TreeMap<String, ParameterRule>();
        parameters.forEach((parameter, value) -> rules.put(parameter, ParameterRule.like(value)));
        return new StepDraft(
                place,
                name,
                shell(step, settings),
                inputs(step),
                parameters,
                rules,
                outputs(step),
                settings,
                settings.rules(step.problems()));
    }

    private Shell shell(YamlMap step, StepSettings settings) {
        var python = YamlFile.optional(step, "python", repository);
        var container = ContainerSection.read(step);
        var files = step.list("files", FILES);
        if (step.has("files") && files.isEmpty()) {
            step.problems()
                    .addUnlessTold(
                            step.placeOf("files"),
                            "must name a file; without it, it is the package without pawl.yaml and data");
        }
        return new Shell(
                step.required("run", YamlFormat.TEXT),
                files,
                environment(step.mapOrEmpty("environment"), settings),
                python,
                container);
    }

    private static boolean isGlob(String text) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + text) != null;
        } catch (PatternSyntaxException _) {
            return false;
        }
    }

    private static SortedMap<String, String> environment(YamlMap environment, StepSettings settings) {
        var variables = environment.scalars(YamlFormat.VARIABLE);
        variables.keySet().forEach(name -> {
            environment.name(name, YamlFormat.VARIABLE_NAME);
            SecretLike.refuse(name, environment.keyPlace(name), SecretLike.IN_PAWL_YAML, environment.problems());
        });
        settings.secrets().forEach((name, secret) -> {
            YamlFormat.VARIABLE_NAME.read(
                    new YamlScalar(secret.place(), name, YamlScalar.Type.TEXT), environment.problems());
            if (variables.containsKey(name)) {
                environment.problems().add(secret.place(), "is in environment as well");
            }
        });
        return new TreeMap<>(variables);
    }

    /** References; {@code each} is the short form of those that are taken element by element. */
    private static SortedMap<String, Reference> inputs(YamlMap step) {
        var references = new TreeMap<String, Reference>();
        YamlMap whole = step.mapOrEmpty("inputs");
        references.putAll(whole.textsOrMaps(Reference.FORMAT, CommandSteps::input));
        whole.values().keySet().forEach(name -> whole.name(name, INPUT));
        YamlMap each = step.mapOrEmpty("each");
        each.scalars(Reference.FORMAT).forEach((name, from) -> {
            each.name(name, INPUT);
            if (references.put(name, from.taken(true, false)) != null) {
                each.problems().add(each.keyPlace(name), "is in inputs as well");
            }
        });
        return references;
    }

    private static Reference input(YamlMap input) {
        return input.required("from", Reference.FORMAT)
                .taken(
                        input.optional("each", YamlFormat.TRUTH, false),
                        input.optional("optional", YamlFormat.TRUTH, false));
    }

    /** Names with their types, or names alone, which are files of any kind. */
    private static SortedMap<String, Output> outputs(YamlMap step) {
        var outputs = new TreeMap<String, Output>();
        if (step.isList("outputs")) {
            step.list("outputs", OUTPUT).forEach(name -> outputs.put(name, Output.one(OutputType.FILE)));
        } else {
            YamlMap typed = step.mapOrEmpty("outputs");
            outputs.putAll(typed.scalars(OutputFormat.FORMAT));
            outputs.keySet().forEach(name -> typed.name(name, OUTPUT));
        }
        return outputs;
    }
}
