package dev.pawl.app;

import dev.pawl.experiment.PastSweeps;
import dev.pawl.kernel.SweepId;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl sweeps}. */
@Command(
        name = "sweeps",
        description = "Lists the sweeps of this working copy, newest first, or shows one with its trials.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pawl sweeps --last 5 --json", "  pawl sweeps sweep-0mhx3k2abq7f2k9xz"})
final class SweepsCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "SWEEP", arity = "0..1", description = "The id of the one to show (default: list them).")
    private @Nullable String sweep;

    @Option(names = "--project", defaultValue = ".", description = "The working copy (default: this folder).")
    private Path project = Path.of("");

    @Option(names = "--last", defaultValue = "20", description = "How many to list (default: ${DEFAULT-VALUE}).")
    private int last;

    @Override
    public Integer call() {
        try (Notebook notebook = Notebook.open(project)) {
            PastSweeps sweeps = notebook.sweeps();
            if (sweep == null) {
                list(sweeps);
            } else {
                show(SweepView.of(sweeps, new SweepId(sweep)));
            }
            return 0;
        }
    }

    private void list(PastSweeps sweeps) {
        List<SweepView> views = sweeps.newest(last).stream()
                .map(started -> SweepView.of(sweeps, started.id()))
                .toList();
        if (printed.asJson()) {
            printed.json(views);
        } else {
            views.forEach(view -> printed.line(view.line()));
        }
    }

    private void show(SweepView view) {
        if (printed.asJson()) {
            printed.json(view);
        } else {
            view.print(printed);
        }
    }
}
