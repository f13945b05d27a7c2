package dev.pawl.bench;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.JavaMethod;
import dev.pawl.definition.Definition.Step;
import dev.pawl.definition.PawlYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A pipeline of steps that do next to nothing.
 *
 * @param steps how many there are, with the items of fanned-out ones
 */
record BenchPipeline(String shape, int steps, String yaml) {
    private static final String NOTHING = "run: ':', cache: false";
    private static final String STEP = "run: 'echo 1 > \"$PAWL_OUTPUTS/out\"', outputs: { out: file }, cache: false";
    private static final JavaMethod IDLE = new JavaMethod(StepOverhead.Idle.class.getName(), "nothing");

    /** Each after the one before, of which it reads a file. */
    static BenchPipeline chain(int steps) {
        return new BenchPipeline("chain", steps, yaml(steps, true));
    }

    /** Without inputs and outputs. */
    static BenchPipeline sideBySide(int steps) {
        return new BenchPipeline("side by side", steps, yaml(steps, false));
    }

    /** One step for each of so many items of a list, with a file in and a file out; the first step makes the list. */
    static BenchPipeline fanOut(int items) {
        return new BenchPipeline("fan-out", items, """
            project: bench
            ci: { package: [lib] }
            pipeline:
              steps:
                list: { run: 'i=0; while [ $i -lt %d ]; do : > "$PAWL_OUTPUTS/out/$(printf %%06d $i)"; i=$((i+1)); done',
                  outputs: { out: list of files }, parameters: { items: %d }, cache: false }
                item: { %s, each: { part: list.out } }
            """.formatted(items, items, STEP));
    }

    /** Steps are methods of a class, unless processes are to run. */
    Definition definition(Path project, BenchEngine.Runs runs) throws IOException {
        Files.writeString(project.resolve(PawlYaml.FILE), yaml);
        Definition definition = PawlYaml.read(project).compile(Optional.empty());
        return switch (runs) {
            case PROCESS -> definition;
            case NOTHING -> with(definition, BenchPipeline::method);
            case WORKER -> with(definition, BenchPipeline::idle);
        };
    }

    private static Definition with(Definition definition, UnaryOperator<Step> change) {
        return new Definition(
                definition.project(),
                definition.steps().stream().map(change).toList(),
                definition.rules(),
                definition.data(),
                definition.ci(),
                definition.environments(),
                definition.triggers(),
                definition.model(),
                definition.monitor(),
                definition.sweeps());
    }

    private static Step method(Step step) {
        return new Step(step.name(), IDLE, step.inputs(), step.parameters(), step.outputs(), step.rules());
    }

    private static Step idle(Step step) {
        return new Step(step.name(), IDLE, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), step.rules());
    }

    private static String yaml(int steps, boolean chained) {
        StringBuilder yaml = new StringBuilder("project: bench\nci: { package: [lib] }\npipeline:\n  steps:\n");
        for (int i = 0; i < steps; i++) {
            String inputs = chained && i > 0 ? ", inputs: { before: s%d }".formatted(i - 1) : "";
            yaml.append("    s%d: { %s%s }\n".formatted(i, chained ? STEP : NOTHING, inputs));
        }
        return yaml.toString();
    }
}
