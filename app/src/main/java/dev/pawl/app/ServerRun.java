package dev.pawl.app;

import dev.pawl.kernel.Fact.Purpose;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.Spans;
import dev.pawl.pipeline.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A server's run as one among many: without parameters, metrics and data, which its lists do not have. */
record ServerRun(
        RunId run,
        ProjectName project,
        Purpose purpose,
        String reason,
        Standing state,
        String because,
        Instant startedAt,
        Optional<Instant> endedAt,
        Instant asOf,
        Optional<Integer> sample,
        Optional<String> commit) {

    private static final int DIGITS_OF_COMMIT = 7;

    /** Newest first. */
    static List<ServerRun> newest(Client client, int limit) {
        return client.get("api/runs")
                .path("runs")
                .valueStream()
                .limit(limit)
                .map(ServerRun::of)
                .toList();
    }

    private static ServerRun of(JsonNode listed) {
        Run run = Json.read(listed.path("run").toString(), Run.class);
        var spec = run.spec();
        return new ServerRun(
                spec.id(),
                spec.project(),
                spec.purpose(),
                spec.reason(),
                Json.read(listed.path("state").toString(), Standing.class),
                run.because(),
                run.submittedAt(),
                run.endedAt(),
                spec.asOf(),
                spec.sample(),
                listed.at("/source/commit").stringValueOpt());
    }

    /** As a table; nothing at all of no run. */
    static List<String> lines(List<ServerRun> runs) {
        TextTable table = new TextTable(List.of("RUN", "STARTED", "STATE", "TOOK", "COMMIT", "PROJECT", "PURPOSE"));
        runs.forEach(run -> table.add(List.of(
                run.run.brief(),
                RunTable.second(run.startedAt),
                run.state.word(),
                run.took().map(Spans::text).orElse("-"),
                run.commit.map(text -> text.substring(0, DIGITS_OF_COMMIT)).orElse("-"),
                run.project.value(),
                run.purpose.name().toLowerCase(Locale.ROOT))));
        return runs.isEmpty() ? List.of() : table.lines();
    }

    private Optional<Duration> took() {
        return endedAt.map(end -> Duration.between(startedAt, end));
    }
}
