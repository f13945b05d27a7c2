package dev.pawl.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** From git push to a model that serves, with the time that is the user's own (build, tests, steps, load test) apart. */
final class PushToServing implements Benchmark {
    @Override
    public String what() {
        return "git push to serving on the births example, seconds by stage, the platform's own share apart";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        try (LiveServer server = LiveServer.afterDemo(root)) {
            JsonNode seconds = server.report().path("seconds");
            JsonNode ciRun = server.get("api/ci").path("runs").path(0);
            JsonNode checks =
                    server.get("api/ci/" + ciRun.path("id").stringValue()).path("checks");
            List<Map<String, Object>> rows = new ArrayList<>();
            double integration = steps(server, "INTEGRATION");
            double ciCompute = took(checks, "build") + took(checks, "unit") + integration;
            rows.add(row("ci", seconds.path("ci").doubleValue(), ciCompute));
            rows.add(row("deploy", seconds.path("deploy").doubleValue(), 0));
            rows.add(row("train", seconds.path("train").doubleValue(), steps(server, "PRODUCTION")));
            rows.add(row("gates", seconds.path("gates").doubleValue(), load(server)));
            double all = seconds.path("ci").doubleValue()
                    + seconds.path("deploy").doubleValue()
                    + seconds.path("train").doubleValue()
                    + seconds.path("gates").doubleValue();
            double training = steps(server, "PRODUCTION");
            rows.add(row("all", all, ciCompute + training + load(server)));
            return rows;
        }
    }

    private static Map<String, Object> row(String stage, double seconds, double userCompute) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("stage", stage);
        row.put("seconds", Benchmark.round(seconds));
        row.put("user_compute", Benchmark.round(userCompute));
        row.put("platform", Benchmark.round(seconds - userCompute));
        return row;
    }

    private static double took(JsonNode checks, String name) {
        return checks.valueStream()
                .filter(check -> check.path("name").asString("").equals(name))
                .mapToDouble(check -> between(check.path("started_at"), check.path("finished_at")))
                .sum();
    }

    /** The load gate takes as long as pawl.yaml says. */
    private static double load(LiveServer server) throws Exception {
        JsonNode verdicts = server.get("api/models/births/gates?version=1").path("verdicts");
        return verdicts.valueStream()
                .filter(verdict -> verdict.path("gate").asString("").equals("load"))
                .mapToDouble(verdict -> between(verdict.path("began"), verdict.path("ended")))
                .sum();
    }

    /** The time in which at least one step of the oldest run for a purpose was running. */
    private static double steps(LiveServer server, String purpose) throws Exception {
        List<JsonNode> runs = server.get("api/runs?project=births")
                .path("runs")
                .valueStream()
                .filter(run -> run.at("/run/spec/purpose").asString("").equals(purpose))
                .toList();
        String id = runs.getLast().at("/run/spec/id").stringValue();
        record Span(Instant from, Instant to) {}
        List<Span> spans = server.get("api/runs/" + id)
                .path("steps")
                .valueStream()
                .filter(step -> step.path("ended_at").isString())
                .map(step -> new Span(instant(step.path("started_at")), instant(step.path("ended_at"))))
                .sorted(Comparator.comparing(Span::from))
                .toList();
        double sum = 0;
        Instant until = Instant.EPOCH;
        for (Span span : spans) {
            Instant from = span.from().isAfter(until) ? span.from() : until;
            if (span.to().isAfter(from)) {
                sum += Duration.between(from, span.to()).toMillis() / 1e3;
                until = span.to();
            }
        }
        return sum;
    }

    private static double between(JsonNode from, JsonNode to) {
        return Duration.between(instant(from), instant(to)).toMillis() / 1e3;
    }

    private static Instant instant(JsonNode text) {
        return Instant.parse(text.stringValue());
    }
}
