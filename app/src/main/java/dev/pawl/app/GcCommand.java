package dev.pawl.app;

import dev.pawl.kernel.Count;
import dev.pawl.kernel.Json;
import dev.pawl.pipeline.Collector;
import dev.pawl.pipeline.KeepPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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
            "  pawl gc --server http://127.0.0.1:7295"
        })
final class GcCommand implements Callable<Integer> {
    @Mixin
    private Where where = new Where();

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

    @Override
    public Integer call() {
        JsonNode report = where.ask(this::ofServer, this::ofWorkingCopy);
        if (printed.asJson()) {
            printed.json(report);
        } else {
            show(report);
        }
        return 0;
    }

    private JsonNode ofServer(Client client) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("dry_run", dryRun);
        body.put("keep_days", keepDays);
        body.put("keep_last", keepLast);
        body.put("grace_minutes", grace);
        return client.post("api/gc", body);
    }

    private JsonNode ofWorkingCopy(Notebook notebook) {
        var policy = new KeepPolicy(Duration.ofDays(keepDays), keepLast, Duration.ofMinutes(grace));
        var collector = new Collector(notebook.store(), List.of(notebook.experiments()));
        return Json.tree(collector.collect(policy, dryRun));
    }

    private void show(JsonNode report) {
        String go = dryRun ? "would go" : "gone";
        printed.row(
                go,
                Count.of(report.path("runs_gone").asLong(), "run"),
                ", ",
                Count.of(report.path("cache_entries_gone").asLong(), "cache entry", "cache entries"));
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
                .forEach(stay -> printed.row("stay", Count.of(stay.getValue().asLong(), "run"), ": ", stay.getKey()));
        report.path("stay")
                .properties()
                .forEach(stay -> printed.row("stay", amount(stay.getValue()), ": ", stay.getKey()));
    }

    private static String amount(JsonNode amount) {
        return Count.of(amount.path("artifacts").asLong(), "artifact") + " of "
                + Count.of(amount.path("bytes").asLong(), "byte");
    }
}
