package dev.pawl.bench;

import dev.pawl.kernel.Clock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Pushes of hundreds of megabytes that nothing packs better, and clones of them: time, and memory of the server. */
final class PushSize implements Benchmark {
    /** The last one is more than a push may be. */
    private static final List<Shape> SHAPES =
            List.of(new Shape(1, 1), new Shape(40, 10), new Shape(1, 200), new Shape(60, 10));

    private record Shape(int files, int mib) {
        @Override
        public String toString() {
            return files + " x " + mib + " MiB";
        }
    }

    @Override
    public String what() {
        return "git push and git clone of up to 400 MiB, and of more than may be: seconds, memory of the server";
    }

    @Override
    public List<Map<String, Object>> run(Path root) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Shape shape : SHAPES) {
            Path folder = Files.createTempDirectory("pawl-bench-size");
            try (ServerProcess server = ServerProcess.start(root, folder.resolve("server"), List.of());
                    PushedProject noise = PushedProject.noise(
                            folder.resolve("noise"), server.address(), shape.files(), shape.mib())) {
                rows.add(row(shape, server, noise, folder));
            } finally {
                LiveServer.delete(folder);
            }
        }
        return rows;
    }

    private static Map<String, Object> row(Shape shape, ServerProcess server, PushedProject noise, Path folder)
            throws Exception {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("push", shape);
        row.put("start_mib", Benchmark.round(server.residentMiB()));
        String commit = noise.commit("Noise");
        double processor = server.processorSeconds();
        Timed push = Timed.of(() -> noise.push(commit, "noise", "main"));
        row.put("push_s", push.seconds());
        row.put("server_cpu_s", Benchmark.round(server.processorSeconds() - processor));
        row.put("push_mib", Benchmark.round(server.peakMiB()));
        row.put("taken", push.exit() == 0);
        if (push.exit() == 0) {
            JsonNode run = noise.verdicts(1).getFirst();
            row.put("ci_s", PushedProject.between(run.path("queued_at"), run.path("finished_at")));
            server.forgetPeak();
            row.put(
                    "clone_s",
                    Timed.of(() -> noise.copy("noise", folder.resolve("copy"))).seconds());
            row.put("clone_mib", Benchmark.round(server.peakMiB()));
        } else {
            List.of("ci_s", "clone_s", "clone_mib").forEach(none -> row.put(none, "-"));
        }
        server.collectGarbage();
        row.put("after_mib", Benchmark.round(server.residentMiB()));
        return row;
    }

    /** A command of git, from its start to its end. */
    private record Timed(double seconds, int exit) {
        private interface Start {
            Process git() throws Exception;
        }

        static Timed of(Start start) throws Exception {
            long from = Clock.system().nanos();
            int exit = start.git().waitFor();
            return new Timed(Benchmark.round((Clock.system().nanos() - from) / 1e9), exit);
        }
    }
}
