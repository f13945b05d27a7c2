package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl logs}. */
@Command(
        name = "logs",
        description = "Prints what the steps of a run printed, or one of them; also of a run that is under way.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "With --json each line is an object: step, item, attempt, line.",
            "",
            "Examples:",
            "  pawl logs run-0mhx3k2abq7f2k9xz",
            "  pawl logs run-0mhx3k2abq7f2k9xz train -f    until the run is over",
            "  pawl logs run-0mhx3k2abq7f2k9xz --server http://127.0.0.1:7295"
        })
final class LogsCommand implements Callable<Integer> {
    @Mixin
    private Printed printed = new Printed();

    @Parameters(index = "0", paramLabel = "RUN", description = Where.RUN)
    private String run = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "STEP", description = "One step only.")
    private @Nullable String step;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on printing until the run is over.")
    private boolean follow;

    @Mixin
    private Where where = new Where();

    @Override
    public Integer call() throws InterruptedException {
        return where.isServer() ? ofServer() : ofWorkingCopy();
    }

    private int ofServer() throws InterruptedException {
        try (Client client = where.client()) {
            RemoteLogs logs = new RemoteLogs(client, run, Optional.ofNullable(step), this::print);
            logs.maker().ifPresent(maker -> {
                tellMaker(maker);
                new RemoteLogs(client, maker.value(), Optional.ofNullable(step), this::print).print();
            });
            if (follow) {
                client.follow("pawl logs " + run, printed::remark);
                logs.follow(Clock.system());
            } else {
                logs.print();
            }
            return 0;
        }
    }

    private int ofWorkingCopy() throws InterruptedException {
        try (Notebook notebook = Notebook.open(where.project())) {
            RunId id = notebook.run(run).spec().id();
            Optional<StepName> wanted = step(notebook, id);
            RunLogs logs = new RunLogs(notebook, id, wanted, this::print);
            wanted.ifPresent(name -> printCached(notebook, id, name));
            if (!follow) {
                logs.print();
            } else if (!logs.follow(Clock.system())) {
                Standing.INTERRUPTED.explain(id, printed);
            }
            return 0;
        }
    }

    private Optional<StepName> step(Notebook notebook, RunId id) {
        var definition = notebook.definition(notebook.runs().run(id));
        return Optional.ofNullable(step)
                .map(name -> definition.step(new StepName(name)).name());
    }

    /** What came from the cache printed nothing here: its maker's log is shown. */
    private void printCached(Notebook notebook, RunId id, StepName name) {
        notebook.runs().steps(id).stream()
                .filter(at -> at.name().equals(name))
                .flatMap(at -> at.cachedFrom().stream())
                .forEach(maker -> {
                    tellMaker(maker);
                    new RunLogs(notebook, maker, Optional.of(name), this::print).print();
                });
    }

    private void tellMaker(RunId maker) {
        printed.remark("step " + step + " came from the cache; this is its log in run " + maker);
    }

    private void print(LogLine line) {
        if (printed.asJson()) {
            printed.line(Json.write(line));
        } else if (step == null || line.item().isPresent() || line.attempt() > 1) {
            printed.line(line.speaker() + " | " + line.line());
        } else {
            printed.line(line.line());
        }
    }
}
