package dev.pawl.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Twenty pushes at the same time: nineteen to branches of one project, one to another project, which is not to wait for them. */
final class ManyPushes implements Benchmark {
    private static final int CROWD = 19;

    /** As many commits at a time as there are cores. */
    private static final int PLACES = 2;

    @Override
    public String what() {
        return "20 pushes of the births example at once: verdicts a minute, who waits how long, memory";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        Path folder = Files.createTempDirectory("pawl-bench-pushes");
        Path data = folder.resolve("server");
        Map<String, Object> row;
        try (ServerProcess server = ServerProcess.start(root, data, List.of("--ci", Integer.toString(PLACES)));
                PushedProject crowd = PushedProject.births(root, folder.resolve("crowd"), server.address());
                PushedProject single = PushedProject.births(root, folder.resolve("single"), server.address())) {
            double before = server.residentMiB();
            String other = single.change("pawl.yaml", "project: births\n", "project: single\n")
                    .commit("Another project");
            List<Process> pushes = push(crowd);
            pushes.add(single.push(other, "single", "bench"));
            for (Process push : pushes) {
                PushedProject.done(push);
            }
            row = row(crowd.verdicts(CROWD + 1));
            row.put("start_mib", Benchmark.round(before));
            row.put("peak_mib", Benchmark.round(server.peakMiB()));
            server.collectGarbage();
            row.put("after_mib", Benchmark.round(server.residentMiB()));
        }
        LiveServer.delete(folder);
        return List.of(row);
    }

    /** Each with other content, as nothing is to come from the cache. */
    private static List<Process> push(PushedProject crowd) throws Exception {
        List<Process> pushes = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            String commit = crowd.change("README.md", "births", "births ").commit("Branch " + i);
            pushes.add(crowd.push(commit, "births", "branch-" + i));
        }
        return pushes;
    }

    private static Map<String, Object> row(List<JsonNode> runs) {
        List<JsonNode> crowd = runs.stream().filter(run -> !isSingle(run)).toList();
        JsonNode single = runs.stream().filter(ManyPushes::isSingle).findFirst().orElseThrow();
        double seconds = PushedProject.between(
                runs.getFirst().path("queued_at"),
                runs.stream()
                        .map(run -> run.path("finished_at"))
                        .max((one, other) -> PushedProject.instant(one).compareTo(PushedProject.instant(other)))
                        .orElseThrow());
        List<Double> waits = crowd.stream().map(ManyPushes::waited).sorted().toList();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(
                "passed",
                runs.stream()
                        .filter(run -> run.path("state").stringValue().equals("PASSED"))
                        .count());
        row.put("seconds", Benchmark.round(seconds));
        row.put("per_minute", Benchmark.round(60 * runs.size() / seconds));
        row.put("crowd_wait_p50", Benchmark.round(waits.get(waits.size() / 2)));
        row.put("crowd_wait_max", Benchmark.round(waits.getLast()));
        row.put("single_wait", Benchmark.round(waited(single)));
        return row;
    }

    private static boolean isSingle(JsonNode run) {
        return run.path("project").stringValue().equals("single");
    }

    private static double waited(JsonNode run) {
        return PushedProject.between(run.path("queued_at"), run.path("started_at"));
    }
}
