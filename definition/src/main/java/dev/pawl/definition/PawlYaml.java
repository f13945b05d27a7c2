package dev.pawl.definition;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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
    private final SortedMap<String, Definition.DataSource> data;
    private final Definition.CiPlan ci;
    private final List<Definition.Environment> environments;
    private final List<Definition.TriggerRule> triggers;
    private final Optional<ModelSection> model;
    private final Optional<Definition.MonitorPlan> monitor;

    private PawlYaml(YamlMap root, Path repository) {
        project = root.required("project", PROJECT_NAME);
        pipeline = PipelineSection.read(root.requiredMap("pipeline"));
        data = new TreeMap<>(DataSection.read(root.mapOrEmpty("data"), repository));
        ci = CiSection.read(root.mapOrEmpty("ci"), pipeline.className().isPresent());
        environments = EnvironmentsSection.read(root.mapOrEmpty("environments"));
        model = root.map("model").map(ModelSection::read);
        monitor = root.map("monitor").map(MonitorSection::read);
        triggers = TriggersSection.read(root, data.keySet(), monitor);
        checkWhatNeedsEachOther(root);
        root.reportUnknown();
    }

    private static void checkWhatNeedsEachOther(YamlMap root) {
        if (root.has("monitor") && !root.has("model")) {
            root.problems().add(root.keyPlace("monitor"), "there is nothing to monitor: no model is declared");
        }
        if (root.has("triggers") && !root.has("environments")) {
            root.problems().add(root.keyPlace("triggers"), "there is nowhere to run: no environments are declared");
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
            yaml.steps(Optional.empty(), problems);
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

    public Definition.CiPlan ci() {
        return ci;
    }

    /**
     * The definition: every reference resolved, every parameter checked, every step after those it reads from.
     *
     * @param description what the pipeline class says of its steps, by the step contract; needed with a class only
     * @throws PawlException {@code bad-pawl-yaml} with all its problems, as {@link #read}
     */
    public Definition compile(Optional<String> description) {
        var problems = new Problems();
        var steps = steps(description, problems);
        problems.throwIfAny();
        return new Definition(project, steps, data, ci, environments, triggers, model.map(ModelSection::plan), monitor);
    }

    private List<Definition.Step> steps(Optional<String> description, Problems problems) {
        var steps = StepGraph.link(pipeline.steps(description, problems), data.keySet(), problems);
        model.ifPresent(section -> section.check(steps, problems));
        return steps;
    }

    /** The JSON Schema (draft 2020-12) of pawl.yaml, for editors. */
    public static String jsonSchema() {
        try (InputStream schema = PawlYaml.class.getResourceAsStream("pawl.schema.json")) {
            if (schema == null) {
                throw new IllegalStateException("pawl.schema.json is not on the class path");
            }
            return new String(schema.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
