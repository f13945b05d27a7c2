package dev.pawl.bench;

import dev.pawl.kernel.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** From git push to the verdict of CI, cold and warm, with the time of the project's own commands apart. */
final class PushToVerdict implements Benchmark {
    /** One that no environment takes: a deployment would train meanwhile. */
    private static final String BRANCH = "bench";

    private static final String FEATURES = "src/main/java/example/births/Features.java";

    @Override
    public String what() {
        return "git push to the verdict of CI on the births example, cold and warm, the platform's own share apart";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        Path folder = Files.createTempDirectory("pawl-bench-verdict");
        List<Map<String, Object>> rows = new ArrayList<>();
        try (ServerProcess server = ServerProcess.start(root, folder.resolve("server"), List.of());
                PushedProject births = PushedProject.births(root, folder.resolve("births"), server.address())) {
            rows.add(push(births, "cold", births.commit("Cold"), 1));
            rows.add(push(births, "same content", births.commit("Nothing"), 2));
            String document = births.change("README.md", "# ", "# The ").commit("A document");
            rows.add(push(births, "changed README", document, 3));
            // Other line numbers make another jar, and with it other steps.
            String feature = births.change(FEATURES, "package example.births;", "// Changed.\npackage example.births;")
                    .commit("A feature");
            rows.add(push(births, "changed feature", feature, 4));
        }
        LiveServer.delete(folder);
        return rows;
    }

    private static Map<String, Object> push(PushedProject births, String kind, String commit, int number)
            throws Exception {
        Instant from = Clock.system().now();
        PushedProject.done(births.push(commit, "births", BRANCH));
        JsonNode run = births.verdicts(number).getLast();
        Instant to = PushedProject.instant(run.path("finished_at"));
        JsonNode checks = births.get("api/ci/" + run.path("id").stringValue()).path("checks");
        Span whole = new Span(from, to);
        List<Span> steps = steps(births, whole);
        List<Span> commands = new ArrayList<>(spans(checks, List.of("build", "unit"), whole));
        List<Span> all = new ArrayList<>(commands);
        all.addAll(steps);
        Instant stepsEnded =
                steps.stream().map(Span::to).max(Comparator.naturalOrder()).orElse(from);
        List<Span> trials = spans(checks, List.of("contract", "numeric"), new Span(stepsEnded, to));
        all.addAll(trials);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("push", kind);
        row.put("verdict", run.path("state").stringValue());
        row.put("seconds", Benchmark.round(whole.seconds()));
        row.put("build_unit", Benchmark.round(covered(commands)));
        row.put("steps", Benchmark.round(covered(steps)));
        row.put("trials", Benchmark.round(covered(trials)));
        row.put("platform", Benchmark.round(whole.seconds() - covered(all)));
        return row;
    }

    private record Span(Instant from, Instant to) {
        double seconds() {
            return Math.max(0, Duration.between(from, to).toMillis() / 1e3);
        }

        Span within(Span other) {
            return new Span(from.isAfter(other.from) ? from : other.from, to.isBefore(other.to) ? to : other.to);
        }
    }

    /** When checks were made; those that were taken from the cache took no time. */
    private static List<Span> spans(JsonNode checks, List<String> names, Span within) {
        return checks.valueStream()
                .filter(check -> names.contains(check.path("name").asString("").replaceFirst("\\..*", "")))
                .filter(check -> check.path("finished_at").isString())
                .map(check -> new Span(
                        PushedProject.instant(check.path("started_at")),
                        PushedProject.instant(check.path("finished_at"))))
                .map(span -> span.within(within))
                .filter(span -> span.seconds() > 0)
                .toList();
    }

    /** When steps of any run were running in this time. */
    private static List<Span> steps(PushedProject births, Span within) throws Exception {
        List<Span> spans = new ArrayList<>();
        for (JsonNode run : births.get("api/runs?project=births").path("runs")) {
            String id = run.at("/run/spec/id").stringValue();
            births.get("api/runs/" + id)
                    .path("steps")
                    .valueStream()
                    .filter(step -> step.path("ended_at").isString()
                            && step.path("started_at").isString())
                    .map(step -> new Span(
                            PushedProject.instant(step.path("started_at")),
                            PushedProject.instant(step.path("ended_at"))))
                    .map(span -> span.within(within))
                    .filter(span -> span.seconds() > 0)
                    .forEach(spans::add);
        }
        return spans;
    }

    /** The time in which at least one was. */
    private static double covered(List<Span> spans) {
        double sum = 0;
        Instant until = Instant.EPOCH;
        for (Span span : spans.stream().sorted(Comparator.comparing(Span::from)).toList()) {
            sum += new Span(span.from().isAfter(until) ? span.from() : until, span.to()).seconds();
            until = span.to().isAfter(until) ? span.to() : until;
        }
        return sum;
    }
}
