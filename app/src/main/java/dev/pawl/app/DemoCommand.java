package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pawl demo}. */
@Command(
        name = "demo",
        description =
                "Turns the whole ring on real data: push, CI, deployment, training, gates, serving, and eighteen years"
                        + " of live traffic in which the world changes.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Exit code 1 and the name of the stage if anything fails.",
            "",
            "Examples:",
            "  pawl demo              everything in a folder that is removed at the end",
            "  pawl demo --keep       leave the server running, to look at its page",
            "  pawl demo --json       print, last, one JSON object with every figure"
        })
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--keep", description = "Leave the server and its folder when the demo is over.")
    private boolean keep;

    @Option(names = "--json", description = "Print one JSON object last; progress goes to standard error.")
    private boolean json;

    @Option(names = "--folder", description = "Where to work; must not exist (default: a temporary folder).")
    private @Nullable Path folder;

    @Option(
            names = "--until",
            defaultValue = "1988-12-31",
            description = "Last day to replay, from 1972-12-31 to 1988-12-31 (default: ${DEFAULT-VALUE}).")
    private LocalDate until = LocalDate.EPOCH;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var command = Objects.requireNonNull(spec).commandLine();
        var progress = new DemoProgress(json ? command.getErr() : command.getOut(), Clock.system());
        DemoReport report = new Demo(new Demo.Options(Optional.ofNullable(folder), until, keep), progress).run();
        if (json) {
            command.getOut().println(Json.write(report));
            command.getOut().flush();
        }
        return 0;
    }
}
