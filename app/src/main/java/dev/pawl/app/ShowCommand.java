package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl show}. */
@Command(
        name = "show",
        description = {
            "Shows a run: commit, uncommitted change, data, parameters, metrics, artifacts.",
            "With --diff: the uncommitted change itself, as a patch on the commit, which 'git apply' takes."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl show run-0mhx3k2abq7f2k9xz",
            "  pawl show run-0mhx3k2abq7f2k9xz --diff | git apply",
            "  pawl show run-0mhx3k2abq7f2k9xz --server http://127.0.0.1:7295"
        })
final class ShowCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", description = Where.RUN)
    private String run = "";

    @Option(names = "--diff", description = "Print the uncommitted change as a patch, and nothing else.")
    private boolean diff;

    @Mixin
    private Where where = new Where();

    @Override
    public Integer call() {
        if (where.isServer()) {
            show(ofServer(), Optional.empty());
            return 0;
        }
        try (Notebook notebook = Notebook.open(where.project())) {
            RunView view = RunView.of(notebook, notebook.run(run));
            view.state().explain(view.run(), printed);
            show(
                    view,
                    view.changes()
                            .map(digest ->
                                    new Patch(notebook.store().artifacts().text(digest))));
            return 0;
        }
    }

    private RunView ofServer() {
        if (diff) {
            throw PawlException.user(
                    "no-diff", "A server's runs have no uncommitted changes: they come from a push; leave out --diff");
        }
        try (Client client = where.client()) {
            return RunView.of(client, run);
        }
    }

    private void show(RunView view, Optional<Patch> patch) {
        if (printed.asJson()) {
            printed.json(shown(view, patch));
        } else if (diff) {
            printed.raw(text(patch).orElse(""));
        } else {
            view.print(printed);
            patch.ifPresent(this::list);
        }
    }

    /** The run with the files of its uncommitted change, and the patch if it was asked for. */
    private Map<String, Object> shown(RunView view, Optional<Patch> patch) {
        Map<String, Object> shown = new LinkedHashMap<>(Json.map(Json.write(view)));
        shown.put("changed", patch.map(Patch::changes).orElse(List.of()));
        shown.put("patch", text(patch));
        return shown;
    }

    private Optional<String> text(Optional<Patch> patch) {
        return diff ? patch.map(Patch::text) : Optional.empty();
    }

    private void list(Patch patch) {
        printed.row("uncommitted", patch.summary());
        patch.changes()
                .forEach(change ->
                        printed.row("", "%s +%d -%d".formatted(change.file(), change.added(), change.removed())));
    }
}
