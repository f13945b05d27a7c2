package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The reference of the command line knows every command with every option, and each command shows examples. */
class CommandLineDocsTest {
    private static final Path FOLDER = Path.of("../docs/reference");
    private static final List<String> DOCUMENTS = List.of("command-line.md", "command-line-engine.md");

    /** What stands at every command, or is told once for many. */
    private static final List<String> TOLD_ONCE =
            List.of("--help", "--version", "--server", "--json", "--project", "--pool");

    static Stream<CommandLine> commands() {
        return Pawl.commandLine().getSubcommands().values().stream()
                .filter(command -> !command.getCommandName().equals("help"));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_option_is_documented(CommandLine command) throws IOException {
        String section = section(command.getCommandName());

        assertThat(command.getCommandSpec().options())
                .filteredOn(option -> !option.hidden() && !TOLD_ONCE.contains(option.longestName()))
                .extracting(CommandLineDocsTest::written)
                .allSatisfy(option -> assertThat(section).contains(option));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void help_shows_examples(CommandLine command) {
        assertThat(command.getUsageMessage()).contains("Example", "  pawl " + command.getCommandName());
    }

    private static String written(OptionSpec option) {
        return option.negatable() ? option.longestName().replace("--", "--no-") : option.longestName();
    }

    private static String section(String command) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String document : DOCUMENTS) {
            text.append(Files.readString(FOLDER.resolve(document))).append('\n');
        }
        return Stream.of(text.toString().split("(?m)^##+ "))
                .filter(section -> section.matches("(?s)pawl " + command + "\\b(?!-).*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no section on pawl " + command));
    }
}
