package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Documents are true: their commands run, their links lead somewhere.
class DocsTest {
    private static final int MOST_LINES_OF_README = 150;

    /// The build under test has just built Pawl: a launcher that built it again would write where this build reads.
    private static final Shell SHELL = new Shell(
            Repository.ROOT, Map.of("PATH", Repository.ROOT + ":" + System.getenv("PATH"), "PAWL_NO_BUILD", "true"));

    static Stream<Markdown> documents() {
        return Markdown.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void commands_work(Markdown document) {
        for (Markdown.Commands commands : document.commands()) {
            if (commands.run()) {
                Shell.Result result = SHELL.run("bash", "-eu", "-c", commands.script());
                assertThat(result.exit())
                        .as("%s:%n%s%n%s%s", document, commands.script(), result.out(), result.err())
                        .isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_block_of_commands_says_whether_a_test_runs_it(Markdown document) {
        assertThat(document.commands())
                .as("put <!-- run -->, <!-- run on --> or <!-- not run: why --> on the line above the block")
                .allMatch(Markdown.Commands::saysWhetherItIsRun);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void links_lead_somewhere(Markdown document) {
        assertThat(document.links()).allSatisfy(target -> assertThat(target).exists());
    }

    @Test
    void the_readme_is_short_and_the_changelog_is_there() {
        assertThat(Repository.read(Repository.ROOT.resolve("README.md")).lines())
                .hasSizeLessThanOrEqualTo(MOST_LINES_OF_README);
        assertThat(Files.isRegularFile(Repository.ROOT.resolve("CHANGELOG.md"))).isTrue();
    }

    @Test
    void commands_and_links_are_found() {
        Markdown document = new Markdown(Repository.ROOT.resolve("docs/a.md"), """
            See [b](b.md#part), [there](https://example.org) and [above](../README.md).
            <!-- run -->
            ```sh
            echo "[no](link)"
            ```
            <!-- run on -->
            ```sh
            echo on
            ```
            ```sh
            unmarked
            ```
            <!-- not run: needs a cluster -->
            ```sh
            kubectl get pods
            ```
            """);
        assertThat(document.links().map(Repository::name)).containsExactly("docs/b.md", "README.md");
        assertThat(document.commands())
                .containsExactly(
                        new Markdown.Commands("run", "echo \"[no](link)\"\necho on\n"),
                        new Markdown.Commands("", "unmarked\n"),
                        new Markdown.Commands("not run: needs a cluster", "kubectl get pods\n"));
        assertThat(document.commands())
                .extracting(Markdown.Commands::saysWhetherItIsRun)
                .containsExactly(true, false, true);
    }
}
