package dev.pawl.app;

import dev.pawl.ci.CiRun;
import dev.pawl.kernel.Spans;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pawl ci list}. */
@Command(name = "list", description = "Lists CI runs, the newest first.", mixinStandardHelpOptions = true)
final class CiListCommand implements Callable<Integer> {
    private static final int DIGITS_OF_COMMIT = 7;

    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Option(names = "--of", paramLabel = "PROJECT", description = "Only those of a project.")
    private @Nullable String project;

    @Option(names = "--limit", defaultValue = "20", description = "So many at most (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        try (Client client = server.client()) {
            List<CiRun> runs = new RemoteCi(client).runs(Optional.ofNullable(project), limit);
            printed.list(Map.of("runs", runs), lines(runs), "there is no CI run yet; 'git push' makes one");
            return 0;
        }
    }

    private static List<String> lines(List<CiRun> runs) {
        TextTable table =
                new TextTable(List.of("CI RUN", "QUEUED", "STATE", "TOOK", "COMMIT", "PROJECT", "BRANCH", "BY"));
        runs.forEach(run -> table.add(List.of(
                run.id().value(),
                RunTable.second(run.queuedAt()),
                run.state().name().toLowerCase(Locale.ROOT),
                run.startedAt()
                        .flatMap(from -> run.finishedAt().map(end -> Spans.text(Duration.between(from, end))))
                        .orElse("-"),
                run.commit().value().substring(0, DIGITS_OF_COMMIT),
                run.project().value(),
                run.branch(),
                run.refusedBy().orElse("-"))));
        return runs.isEmpty() ? List.of() : table.lines();
    }
}
