package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.experiment.ProjectDefinition;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl graph}. */
@Command(
        name = "graph",
        description = {
            "Draws the pipeline of this working copy, or of a run with the states of its steps, as text or SVG.",
            "A pipeline class must be built already."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pawl graph", "  pawl graph run-0mhx3k2abq7f2k9xz --svg run.svg"})
final class GraphCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Parameters(arity = "0..1", paramLabel = "RUN", description = Where.RUN)
    private @Nullable String run;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw it into this file.")
    private @Nullable Path svg;

    @Mixin
    private ProjectOption project = new ProjectOption();

    @Override
    public Integer call() throws InterruptedException {
        if (run == null) {
            Definition definition = ProjectDefinition.read(
                            ProjectFolder.require(project.folder()),
                            new Commands(Clock.system(), OwnJvm.javaHome()),
                            OwnJvm.javaHome())
                    .definition();
            show(definition, PipelineGraph.of(definition));
            return 0;
        }
        try (Notebook notebook = Notebook.open(project.folder())) {
            Run found = notebook.run(run);
            RunId id = found.spec().id();
            Definition definition = notebook.definition(found);
            Standing standing = notebook.standing(found);
            standing.explain(id, printed);
            var progress = RunProgress.of(notebook.runs(), id, Clock.system().now());
            show(definition, PipelineGraph.of(definition, progress, standing));
            return 0;
        }
    }

    private void show(Definition definition, PipelineGraph graph) {
        Optional.ofNullable(svg).ifPresent(Folder::requireParent);
        if (svg != null) {
            write(svg, Picture.svg(graph));
        }
        if (printed.asJson()) {
            printed.json(graph);
        } else if (svg == null) {
            Terminal.Style style = Terminal.of(printed.out())
                    .map(Terminal::style)
                    .orElse(new Terminal.Style(false, Terminal.unicode()));
            List<String> lines = GraphText.lines(graph, definition, style);
            lines.forEach(printed::line);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw Folders.trouble("write " + file, e);
        }
    }
}
