package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.experiment.SourceDifference;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pawl compare}. */
@Command(
        name = "compare",
        description = {
            "Shows in what runs of this working copy differ: state, parameters, metrics, code and data.",
            "The code of each run, uncommitted changes included, and its data are compared with the first run's."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl compare run-0mhx3k2abq7f2k9xz run-0mhx4c81f09aa1b2c"})
final class CompareCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", arity = "1..*", description = Where.RUN)
    private List<String> runs = List.of();

    @Mixin
    private ProjectOption project = new ProjectOption();

    /**
     * What was found.
     *
     * @param differences in which at least one run differs from another, with a value for every run, in their order
     */
    private record Compared(
            List<String> runs, Map<String, List<String>> differences, List<CodeChange> code, List<DataChange> data) {}

    @Override
    public Integer call() throws InterruptedException {
        if (runs.size() < 2) {
            throw PawlException.user(
                    "one-run", "compare wants two runs or more, not " + runs + " alone; 'pawl show' shows one");
        }
        try (Notebook notebook = Notebook.open(project.folder())) {
            Compared compared =
                    compare(notebook, runs.stream().map(notebook::run).toList());
            if (printed.asJson()) {
                printed.json(compared);
            } else {
                print(compared);
            }
            return 0;
        }
    }

    private Compared compare(Notebook notebook, List<Run> all) throws InterruptedException {
        var code = new SourceDifference(
                notebook.project(),
                new Commands(Clock.system(), OwnJvm.javaHome()),
                notebook.store().artifacts());
        List<CodeChange> codes = new ArrayList<>();
        List<DataChange> data = new ArrayList<>();
        for (Run other : all.subList(1, all.size())) {
            codes.add(CodeChange.between(notebook, code, all.getFirst(), other));
            data.addAll(DataChange.between(notebook, all.getFirst(), other));
        }
        return new Compared(
                runs,
                differences(all.stream().map(run -> RunView.of(notebook, run)).toList()),
                codes,
                data);
    }

    private void print(Compared compared) {
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(compared.runs());
        TextTable table = new TextTable(head);
        compared.differences().forEach((name, values) -> {
            List<String> row = new ArrayList<>(List.of(name));
            row.addAll(values);
            table.add(row);
        });
        table.lines().forEach(printed::line);
        compared.code().forEach(change -> change.print(printed));
        compared.data().forEach(change -> change.print(printed));
    }

    private static Map<String, List<String>> differences(List<RunView> views) {
        List<SortedMap<String, String>> all =
                views.stream().map(CompareCommand::values).toList();
        var names = new TreeSet<String>();
        all.forEach(values -> names.addAll(values.keySet()));
        Map<String, List<String>> differences = new LinkedHashMap<>();
        for (String name : names) {
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
        values.put(
                "commit", view.commit().map(commit -> commit.substring(0, 12)).orElse("none"));
        values.put("uncommitted", view.changes().map(digest -> digest.brief()).orElse("none"));
        values.put("as of", view.asOf().toString());
        values.put("state", view.state().word());
        view.data().forEach((name, digest) -> values.put("data " + name, digest.brief()));
        view.parameters().forEach((name, value) -> values.put("parameter " + name, value.toString()));
        view.metrics().forEach((name, value) -> values.put("metric " + name, RunTable.text(value)));
        return values;
    }
}
