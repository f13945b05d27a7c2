package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code pawl} command: exit code 0 = done, 1 = something failed, 2 = the caller has to change something. */
@Command(
        name = "pawl",
        description = "The whole machine-learning loop in one process: it turns forward and never back.",
        version = "pawl 0.1.0",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl demo                 turn the whole ring on real data, in under three minutes",
            "  pawl up                   start the server in the folder .pawl-server",
            "  pawl run                  run the pipeline of this folder on this machine",
            "  pawl trace births-1972-07-04   which model, run, data, package and commit a prediction came from"
        },
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            RunCommand.class,
            CheckCommand.class,
            CiCommand.class,
            RunsCommand.class,
            SweepCommand.class,
            SweepsCommand.class,
            ShowCommand.class,
            LogsCommand.class,
            FetchCommand.class,
            CompareCommand.class,
            WhyCommand.class,
            ResumeCommand.class,
            CancelCommand.class,
            LineageCommand.class,
            ReproduceCommand.class,
            SecretCommand.class,
            GraphCommand.class,
            BrowseCommand.class,
            SourceCommand.class,
            ProposeCommand.class,
            ReviewCommand.class,
            TriggerCommand.class,
            BackfillCommand.class,
            PackageCommand.class,
            VerifyCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            TraceCommand.class,
            FactsCommand.class,
            GcCommand.class,
            PinCommand.class,
            ServeModelCommand.class,
            CommandLine.HelpCommand.class
        })
final class Pawl {
    /** Libraries that tell of every pool and every port; kept here, because a logger that nobody holds forgets its level. */
    private static final List<Logger> QUIET =
            Stream.of("com.zaxxer.hikari", "io.helidon").map(Logger::getLogger).toList();

    @Option(names = "--stack-trace", description = "Show where in Pawl an error came from.")
    private boolean stackTrace;

    private Pawl() {}

    public static void main(String[] arguments) {
        System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT %4$-7s %5$s%6$s%n");
        QUIET.forEach(logger -> logger.setLevel(java.util.logging.Level.WARNING));
        int exit = commandLine().execute(arguments);
        System.exit(exit);
    }

    static CommandLine commandLine() {
        Pawl pawl = new Pawl();
        return new CommandLine(pawl)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Instant.class, Moment::parse)
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler((error, command, _) -> pawl.failed(error, command.getErr()));
    }

    private int failed(Exception error, PrintWriter err) {
        if (stackTrace) {
            error.printStackTrace(err);
        }
        if (error instanceof PawlException known) {
            err.println("pawl: " + known.text());
            return known.kind().exitCode();
        }
        System.getLogger("pawl").log(Level.DEBUG, "unexpected", error);
        err.println("pawl: unexpected " + error + " (this is a defect of Pawl; --stack-trace shows where)");
        return 1;
    }
}
