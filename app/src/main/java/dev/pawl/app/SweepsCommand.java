package dev.pawl.app;

import dev.pawl.experiment.PastSweeps;
import dev.pawl.kernel.SweepId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl sweeps}. */
@Command(
        name = "sweeps",
        description = "Lists sweeps of this working copy or a server, newest first, or shows one with its trials.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  pawl sweeps --last 5 --json", "  pawl sweeps sweep-0mhx3k2abq7f2k9xz"})
final class SweepsCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "SWEEP", arity = "0..1", description = "The id of the one to show (default: list them).")
    private @Nullable String sweep;

    @Mixin
    private Where where = new Where();

    @Option(
            names = "--last",
            defaultValue = "20",
            description = "How many to list, 200 at the most (default: ${DEFAULT-VALUE}).")
    private int last;

    @Override
    public Integer call() {
        Last.require(last, SweepRoutes.MOST_SWEEPS);
        if (where.isServer()) {
            try (Client client = where.client()) {
                var sweeps = new ServerSweeps(client, printed);
                tell(() -> sweeps.newest(last), sweeps::get);
            }
        } else if (sweep == null) {
            list(Notebook.find(where.project()).map(this::newest).orElse(List.of()));
        } else {
            try (Notebook notebook = Notebook.open(where.project())) {
                show(SweepView.of(notebook.sweeps(), new SweepId(sweep)));
            }
        }
        return 0;
    }

    private void tell(Supplier<List<SweepView>> all, Function<String, SweepView> one) {
        if (sweep == null) {
            list(all.get());
        } else {
            show(one.apply(sweep));
        }
    }

    private List<SweepView> newest(Notebook notebook) {
        try (notebook) {
            PastSweeps sweeps = notebook.sweeps();
            return sweeps.newest(Optional.empty(), last).stream()
                    .map(started -> SweepView.of(sweeps, started.id()))
                    .toList();
        }
    }

    private void list(List<SweepView> views) {
        printed.list(
                views,
                views.stream().map(SweepView::line).toList(),
                "no sweep was made here yet; 'pawl sweep NAME' makes one of 'sweeps' in pawl.yaml");
    }

    private void show(SweepView view) {
        if (printed.asJson()) {
            printed.json(view);
        } else {
            view.print(printed);
        }
    }
}
