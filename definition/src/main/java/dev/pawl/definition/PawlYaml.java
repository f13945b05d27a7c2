package dev.pawl.definition;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A pawl.yaml that was read and found right, as far as it can be without the description of its pipeline class; docs:
 * docs/reference/pawl-yaml.md.
 */
public final class PawlYaml {
    /** Where it stands in a repository. */
    public static final String FILE = "pawl.yaml";

    private static final YamlFormat<ProjectName> PROJECT_NAME = YamlFormat.lowerName(ProjectName::new);

    private final ProjectName project;
    private final PipelineSection pipeline;
    private final Map<String, NestedPipeline> nested;
    private final SortedMap<String, Definition.DataSource> data;
    private final CiSection ci;
    private final List<Environment> environments;
    private final List<TriggerRule> triggers;
    private final Optional<ModelSection> model;
    private final Optional<MonitorPlan> monitor;
    private final Map<String, SweepDraft> sweeps;

    private PawlYaml(YamlMap root, Path repository) {
        project = root.required("project", PROJECT_NAME);
        pipeline = PipelineSection.read(root.requiredMap("pipeline"), repository);
        nested = NestedPipeline.read(root.mapOrEmpty("pipelines"), repository);
        data = new TreeMap<>(DataSection.read(root.mapOrEmpty("data"), repository));
        ci = CiSection.read(
                root.mapOrEmpty("ci"), repository, pipeline.className().isPresent(), requirementFiles());
        environments = EnvironmentsSection.read(root.mapOrEmpty("environments"));
        model = root.map("model").map(ModelSection::read);
        monitor = root.map("monitor").map(MonitorSection::read);
        triggers = TriggersSection.read(root, data.keySet(), monitor);
        sweeps = SweepDraft.read(root.mapOrEmpty("sweeps"), !data.isEmpty());
        checkWhatNeedsEachOther(root);
        root.reportUnknown();
    }

    /** What Python environments are made of, which the package needs to have. */
    private List<String> requirementFiles() {
        var within = nested.values().stream().flatMap(of -> of.drafts().stream());
        var drafts = pipeline instanceof CommandPipeline commands
                ? Stream.concat(commands.drafts().stream(), within)
                : within;
        return drafts.flatMap(draft -> draft.requirementFile().stream()).toList();
    }

    private void checkWhatNeedsEachOther(YamlMap root) {
        if (root.has("monitor") && !root.has("model")) {
            root.problems().add(root.keyPlace("monitor"), "there is nothing to monitor: no model is declared");
        }
        if (root.has("triggers") && !root.has("environments")) {
            root.problems().add(root.keyPlace("triggers"), "there is nowhere to run: no environments are declared");
        }
        if (root.has("pipelines") && pipeline.className().isPresent()) {
            root.problems()
                    .add(
                            root.keyPlace("pipelines"),
                            "a class nests pipelines by itself: give it a field of the other class with @Nested");
        }
    }

    /**
     * Reads the pawl.yaml of a repository's working copy.
     *
     * @throws PawlException {@code bad-pawl-yaml} with all its problems, one in a line, with file, line, column and key
     */
    public static PawlYaml read(Path repository) {
        var problems = new Problems();
        var root = YamlFile.text(repository, problems)
                .flatMap(text -> YamlParser.parse(text, problems))
                .orElseThrow(problems::exception);
        var yaml = new PawlYaml(root, repository);
        if (yaml.pipelineClass().isEmpty()) {
            yaml.compiled(Optional.empty(), problems);
        }
        problems.throwIfAny();
        return yaml;
    }

    public ProjectName project() {
        return project;
    }

    /** The full name of the pipeline class, whose description {@link #compile} needs; empty when the steps are commands. */
    public Optional<String> pipelineClass() {
        return pipeline.className();
    }

    public CiPlan ci() {
        return ci.plan();
    }

    /**
     * The definition: every reference resolved, every parameter checked, every step after those it reads from.
     *
     * @param description what the pipeline class says of its steps, by the step contract; needed with a class only
     * @throws PawlException {@code bad-pawl-yaml} with all its problems, as {@link #read}
     */
    public Definition compile(Optional<String> description) {
        var problems = new Problems();
        var definition = compiled(description, problems);
        problems.throwIfAny();
        return definition;
    }

    /** Right only if there is no problem. */
    private Definition compiled(Optional<String> description, Problems problems) {
        var steps = linked(description, problems);
        var inOrder = steps.inOrder(problems);
        model.ifPresent(section -> section.check(steps, inOrder, problems));
        ci.check(steps, problems);
        var compiledSweeps = new TreeMap<String, Sweep>();
        sweeps.forEach((name, sweep) -> compiledSweeps.put(name, sweep.sweep(steps, problems)));
        return new Definition(
                project,
                inOrder,
                pipeline.rules(),
                data,
                ci.plan(),
                environments,
                triggers,
                model.map(ModelSection::plan),
                monitor,
                compiledSweeps);
    }

    private LinkedSteps linked(Optional<String> description, Problems problems) {
        var drafts = pipeline.drafts(description, problems);
        NestedRings.refuse(nested, problems);
        var steps = new Flattening(nested, data.keySet(), problems).linked(drafts);
        new StepChecks(steps, problems).check();
        return steps;
    }

    /** The JSON Schema (draft 2020-12) of pawl.yaml, for editors. */
    public static String jsonSchema() {
        return resource("pawl.schema.json");
    }

    /** The JSON Schema of what it is compiled to: of a {@link Definition} as JSON; docs: docs/reference/definition.md. */
    public static String definitionSchema() {
        return resource("definition.schema.json");
    }

    private static String resource(String name) {
        try (InputStream schema = PawlYaml.class.getResourceAsStream(name)) {
            if (schema == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
