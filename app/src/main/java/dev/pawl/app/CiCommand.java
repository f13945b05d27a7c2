package dev.pawl.app;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pawl ci}. */
@Command(
        name = "ci",
        description = "Runs of pipeline CI on a server: lists, shows, follows, cancels and repeats them.",
        mixinStandardHelpOptions = true,
        subcommands = {
            CiListCommand.class,
            CiShowCommand.class,
            CiWatchCommand.class,
            CiCancelCommand.class,
            CiRerunCommand.class,
            CiReportCommand.class
        },
        footer = {
            "",
            "Exit code 0: it passed, or is under way; 1: it was refused, cancelled or superseded; 2: the command has"
                    + " to be given otherwise.",
            "",
            "Examples:",
            "  pawl ci list",
            "  pawl ci watch                  the newest run of this folder's project and branch",
            "  pawl ci rerun ci-0mhx3k2abq7f2k9xz --failed",
            "  pawl ci report ci-0mhx3k2abq7f2k9xz > report.md"
        })
final class CiCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Missing: list, show, watch, cancel, rerun or report");
    }
}
