package dev.pawl.app;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pawl runs}. */
@Command(
        name = "runs",
        description = "Lists the runs of this working copy, newest first; a + marks uncommitted changes.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl runs --last 5 --json"})
final class RunsCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Option(names = "--project", defaultValue = ".", description = "The working copy (default: this folder).")
    private Path project = Path.of("");

    @Option(names = "--last", defaultValue = "20", description = "How many (default: ${DEFAULT-VALUE}).")
    private int last;

    @Override
    public Integer call() {
        try (Notebook notebook = Notebook.open(project)) {
            List<RunView> runs = notebook.experiments().newest(last).stream()
                    .map(experiment ->
                            RunView.of(notebook, notebook.runs().run(experiment.run())))
                    .toList();
            if (printed.asJson()) {
                printed.json(runs);
            } else {
                runs.forEach(run -> printed.line(run.line()));
            }
            return 0;
        }
    }
}
