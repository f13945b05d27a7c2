package dev.pawl.app;

import dev.pawl.kernel.RunId;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl show}. */
@Command(
        name = "show",
        description = "Shows a run of this working copy: commit, data, parameters, metrics, artifacts.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl show run-0mhx3k2abq7f2k9xz"})
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", description = "The run's id; 'pawl runs' lists them.")
    private String run = "";

    @Option(names = "--project", defaultValue = ".", description = "The working copy (default: this folder).")
    private Path project = Path.of("");

    @Override
    public Integer call() {
        try (Notebook notebook = Notebook.open(project)) {
            RunView view = RunView.of(notebook, notebook.runs().run(new RunId(run)));
            if (printed.asJson()) {
                printed.json(view);
            } else {
                view.print(printed);
            }
            return 0;
        }
    }
}
