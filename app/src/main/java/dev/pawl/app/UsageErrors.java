package dev.pawl.app;

import dev.pawl.definition.ProblemHint;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command that cannot be understood: one line, with what was probably meant and where help is. */
final class UsageErrors implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        PrintWriter err = command.getErr();
        if (arguments.length == 0) {
            command.usage(err); // who says nothing at all wants to know what there is
        } else {
            String what = what(error, command);
            err.println("pawl: %s%s See '%s --help'."
                    .formatted(
                            what,
                            what.endsWith("?") ? "" : ".",
                            command.getCommandSpec().qualifiedName()));
        }
        return ExitCode.USAGE;
    }

    private static String what(ParameterException error, CommandLine command) {
        return error instanceof UnmatchedArgumentException unmatched
                ? unmatched(unmatched.getUnmatched(), command)
                : String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    }

    private static String unmatched(List<String> arguments, CommandLine command) {
        String first = arguments.getFirst();
        if (first.startsWith("-")) {
            String name = first.replaceFirst("=.*", "");
            return "There is no option '%s'%s".formatted(name, hint(name, optionNames(command)));
        }
        boolean isCommand = command.getCommandSpec().positionalParameters().isEmpty()
                && !command.getSubcommands().isEmpty();
        return isCommand
                ? "There is no command '%s'%s".formatted(first, hint(first, commandNames(command)))
                : "Nothing can be made of '%s'; quote what belongs together".formatted(String.join(" ", arguments));
    }

    private static List<String> optionNames(CommandLine command) {
        return List.copyOf(command.getCommandSpec().optionsMap().keySet());
    }

    private static List<String> commandNames(CommandLine command) {
        return List.copyOf(command.getSubcommands().keySet());
    }

    private static String hint(String unknown, List<String> known) {
        return ProblemHint.nearest(unknown, known)
                .map(name -> "; did you mean '" + name + "'?")
                .orElse("");
    }
}
