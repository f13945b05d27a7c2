package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Runs;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pawl runs}. */
@Command(
        name = "runs",
        description = "Lists the runs of this working copy or a server, newest first; a + marks uncommitted changes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Names in --where and --order: metric.[STEP.]NAME, param.[STEP.]NAME, state, run,",
            "started, ended, seconds, as-of, sample, commit, uncommitted. A run without a value",
            "for a name does not fulfil the condition.",
            "",
            "Examples:",
            "  pawl runs --last 5 --json",
            "  pawl runs --where 'metric.mape < 0.04 and param.eta > 0.1'",
            "  pawl runs --where \"state == 'failed' and started >= '2026-03-01'\"",
            "  pawl runs --order metric.mape,-started --last 3    the three best",
            "  pawl runs --server http://127.0.0.1:7295"
        })
final class RunsCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Mixin
    private Where place = new Where();

    @Option(names = "--where", paramLabel = "CONDITION", description = "Only runs that fulfil it.")
    private @Nullable String where;

    @Option(names = "--order", paramLabel = "NAME,...", description = "By these names; - before one turns it round.")
    private @Nullable String order;

    @Option(
            names = "--last",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many at the most (default: ${DEFAULT-VALUE}).")
    private int last;

    @Override
    public Integer call() {
        if (place.isServer()) {
            listServers();
            return 0;
        }
        Last.require(last, Runs.MOST_SURVEYED);
        RunFilter filter = RunFilter.of(Optional.ofNullable(where), Optional.ofNullable(order));
        List<RunRow> runs = Notebook.find(place.project())
                .map(notebook -> found(notebook, filter))
                .orElse(List.of());
        printed.list(runs, RunTable.lines(runs), where == null ? Notebook.NOTHING_RUN : "no run fulfils the condition");
        return 0;
    }

    private void listServers() {
        if (where != null || order != null) {
            throw PawlException.user(
                    "no-metrics",
                    "--where and --order are for a working copy: a server's list of runs has no metrics and no"
                            + " parameters");
        }
        Last.require(last, RunRoutes.MOST_RUNS);
        try (Client client = place.client()) {
            List<ServerRun> runs = ServerRun.newest(client, last);
            printed.list(runs, ServerRun.lines(runs), "the server has no run yet; 'pawl trigger' asks for one");
        }
    }

    private List<RunRow> found(Notebook notebook, RunFilter filter) {
        try (notebook) {
            List<RunRow> all = RunRow.newest(notebook, filter.asksAll() ? Runs.MOST_SURVEYED : last);
            if (filter.asksAll() && all.size() == Runs.MOST_SURVEYED) {
                printed.remark("only the newest " + Runs.MOST_SURVEYED + " runs were looked at");
            }
            return filter.apply(all).stream().limit(last).toList();
        }
    }
}
