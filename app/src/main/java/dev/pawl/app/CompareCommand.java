package dev.pawl.app;

import dev.pawl.kernel.RunId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl compare}. */
@Command(
        name = "compare",
        description = "Shows in what runs of this working copy differ: code, data, parameters, metrics.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl compare run-0mhx3k2abq7f2k9xz run-0mhx4c81f09aa1b2c"})
final class CompareCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", arity = "2..*", description = "The runs' ids; 'pawl runs' lists them.")
    private List<String> runs = List.of();

    @Option(names = "--project", defaultValue = ".", description = "The working copy (default: this folder).")
    private Path project = Path.of("");

    @Override
    public Integer call() {
        try (Notebook notebook = Notebook.open(project)) {
            List<RunView> views = runs.stream()
                    .map(run -> RunView.of(notebook, notebook.runs().run(new RunId(run))))
                    .toList();
            Map<String, List<String>> differences = differences(views);
            if (printed.asJson()) {
                printed.json(differences);
            } else {
                differences.forEach(
                        (name, values) -> printed.line("%-28s %s".formatted(name, String.join("   ", values))));
            }
            return 0;
        }
    }

    /** The rows in which at least one run differs from another, each with a value for every run. */
    static Map<String, List<String>> differences(List<RunView> views) {
        List<SortedMap<String, String>> all =
                views.stream().map(CompareCommand::values).toList();
        SortedMap<String, Boolean> names = new TreeMap<>();
        all.forEach(values -> values.keySet().forEach(name -> names.put(name, true)));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String name : names.keySet()) {
            List<String> row = all.stream()
                    .map(values -> Objects.requireNonNullElse(values.get(name), "-"))
                    .toList();
            if (row.stream().distinct().count() > 1) {
                differences.put(name, row);
            }
        }
        return differences;
    }

    private static SortedMap<String, String> values(RunView view) {
        SortedMap<String, String> values = new TreeMap<>();
        values.put("run", view.run().value());
        values.put("commit", view.commit().orElse("none"));
        values.put("uncommitted", view.changes().map(digest -> digest.brief()).orElse("none"));
        values.put("as of", view.asOf().toString());
        values.put("state", view.state().name());
        view.data().forEach((name, digest) -> values.put("data " + name, digest.brief()));
        view.parameters().forEach((name, value) -> values.put("parameter " + name, value.toString()));
        view.metrics().forEach((name, value) -> values.put("metric " + name, "%.6g".formatted(value)));
        return values;
    }
}
