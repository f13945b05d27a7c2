package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.pipeline.Collector;
import dev.pawl.pipeline.KeepPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code pawl gc}. */
@Command(
        name = "gc",
        description = "Deletes old runs and the artifacts that nobody needs any more.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl gc --dry-run             what would go, how much that is, and why the rest stays",
            "  pawl gc --keep-days 7 --keep-last 5",
            "  pawl gc --project .           the runs of this working copy"
        })
final class GcCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Option(names = "--dry-run", description = "Delete nothing, only tell.")
    private boolean dryRun;

    @Option(
            names = "--keep-days",
            defaultValue = "30",
            description = "Keep runs that ended within so many days (default: ${DEFAULT-VALUE}).")
    private int keepDays;

    @Option(
            names = "--keep-last",
            defaultValue = "20",
            description = "Keep so many newest runs of each project and purpose (default: ${DEFAULT-VALUE}).")
    private int keepLast;

    @Option(
            names = "--grace",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "Delete no artifact that was put or let go of within so many minutes (default:"
                    + " ${DEFAULT-VALUE}).")
    private int grace;

    @Option(names = "--project", description = "A working copy, instead of a server.")
    private @Nullable Path project;

    @Override
    public Integer call() {
        JsonNode report = project == null ? onServer() : inWorkingCopy(project);
        if (printed.asJson()) {
            printed.json(report);
        } else {
            show(report);
        }
        return 0;
    }

    private JsonNode onServer() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dry_run", dryRun);
        body.put("keep_days", keepDays);
        body.put("keep_last", keepLast);
        body.put("grace_minutes", grace);
        try (Client client = server.client()) {
            return client.post("api/gc", body);
        }
    }

    private JsonNode inWorkingCopy(Path folder) {
        try (Notebook notebook = Notebook.open(folder)) {
            var policy = new KeepPolicy(Duration.ofDays(keepDays), keepLast, Duration.ofMinutes(grace));
            var collector = new Collector(notebook.store(), List.of(notebook.experiments()));
            return Json.tree(Json.write(collector.collect(policy, dryRun)));
        }
    }

    private void show(JsonNode report) {
        String go = dryRun ? "would go" : "gone";
        printed.row(go, report.path("runs_gone"), " runs, ", report.path("cache_entries_gone"), " cache entries");
        printed.row(go, amount(report.path("gone")));
        if (report.at("/later/artifacts").asLong() > 0) {
            printed.row(
                    "later",
                    amount(report.path("later")),
                    ": needed by nobody, but touched since ",
                    report.path("untouched_since"));
        }
        report.path("runs_stay")
                .properties()
                .forEach(stay -> printed.row("stay", stay.getValue(), " runs: ", stay.getKey()));
        report.path("stay")
                .properties()
                .forEach(stay -> printed.row("stay", amount(stay.getValue()), ": ", stay.getKey()));
    }

    private static String amount(JsonNode amount) {
        return "%d artifacts of %,d bytes"
                .formatted(
                        amount.path("artifacts").asLong(), amount.path("bytes").asLong());
    }
}
