package dev.pawl.app;

import dev.pawl.definition.ProblemHint;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of a command that cannot be understood: one line, with what was probably meant and where help is. */
final class UsageErrors implements IParameterExceptionHandler {
    private static final Pattern NO_PAIR =
            Pattern.compile("Value for option option '(.+)' \\((.+)\\) should be in KEY=VALUE format but was (.*)");
    private static final Pattern NO_COMMAND = Pattern.compile("Unknown subcommand '(.*)'[.]");

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
                : said(String.valueOf(error.getMessage()).lines().findFirst().orElse(""), command);
    }

    /** What picocli says, in our words where its own are not clear. */
    private static String said(String message, CommandLine command) {
        Matcher noPair = NO_PAIR.matcher(message);
        Matcher noCommand = NO_COMMAND.matcher(message);
        if (noPair.matches()) {
            return "Option '%s' wants %s, not '%s'".formatted(noPair.group(1), noPair.group(2), noPair.group(3));
        } else if (noCommand.matches()) {
            CommandLine above = Optional.ofNullable(command.getParent())
                    .filter(_ -> command.getSubcommands().isEmpty())
                    .orElse(command);
            String name = noCommand.group(1);
            return "There is no command '%s'%s".formatted(name, hint(name, commandNames(above)));
        }
        return message;
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
