package dev.pawl.bench;

import dev.pawl.kernel.Json;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs one benchmark and prints its rows. Nothing here is asserted: figures depend on the machine. */
final class Bench {
    private static final Map<String, Benchmark> ALL = new LinkedHashMap<>();

    static {
        ALL.put("push-to-serving", new PushToServing());
        ALL.put("push-to-verdict", new PushToVerdict());
        ALL.put("pushes", new ManyPushes());
        ALL.put("push-size", new PushSize());
        ALL.put("steps", new StepsPerSecond());
        ALL.put("step-overhead", new StepOverhead());
        ALL.put("predictions", new PredictionsPerSecond());
        ALL.put("start-up", new StartUp());
        ALL.put("restart", new Restart());
    }

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        List<String> words = Arrays.asList(arguments).subList(1, arguments.length);
        boolean json = words.contains("--json");
        List<String> names =
                words.stream().filter(word -> !word.startsWith("--")).toList();
        if (names.isEmpty()) {
            ALL.forEach((name, benchmark) -> System.out.printf("%-16s %s%n", name, benchmark.what()));
            return;
        }
        Benchmark benchmark = ALL.get(names.getFirst());
        if (benchmark == null) {
            System.err.println(
                    "bench/run: there is no benchmark '" + names.getFirst() + "'; there are " + ALL.keySet());
            System.exit(2);
            return;
        }
        List<Map<String, Object>> rows = benchmark.run(root);
        if (json) {
            rows.forEach(row -> System.out.println(Json.write(row)));
        } else {
            System.out.println(line(rows.getFirst().keySet()));
            rows.forEach(row -> System.out.println(line(row.values())));
        }
    }

    private static String line(Collection<?> cells) {
        StringBuilder line = new StringBuilder();
        cells.forEach(cell -> line.append("%18s".formatted(cell)));
        return line.toString();
    }
}
