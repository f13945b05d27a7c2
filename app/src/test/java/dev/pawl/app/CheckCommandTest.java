package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.StepState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checks of CI on a laptop. */
class CheckCommandTest {
    @TempDir
    Path temporary;

    private Path folder;
    private PawlCommand pawl;

    @BeforeEach
    void project() throws Exception {
        folder = TinyProject.in(temporary).folder();
        pawl = new PawlCommand(folder);
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    private void replace(String text, String with) throws IOException {
        String yaml = Files.readString(folder.resolve("pawl.yaml"));
        assertThat(yaml).contains(text);
        write("pawl.yaml", yaml.replace(text, with));
    }

    @Test
    void a_working_copy_passes_all_checks_of_ci_and_stays_as_it_was() throws Exception {
        String printed = pawl.prints("check");

        assertThat(printed.lines().map(line -> line.split(" +")[0]))
                .contains("checkout", "build", "unit", "definition", "package", "contract", "integration");
        assertThat(printed).contains("the working copy at commit").doesNotContain("uncommitted");
        assertThat(printed.lines().reduce((_, last) -> last)).get().asString().startsWith("passed in");
        assertThat(folder.resolve("reports")).doesNotExist();
    }

    @Test
    void uncommitted_changes_count_and_are_told() throws Exception {
        write("unit.xml", "<testsuite><testcase name='adds'><failure message='3 is not 4'/></testcase></testsuite>");
        write("new.txt", "not added yet");

        String printed = pawl.exits(1, "check");

        assertThat(printed)
                .contains("with 2 changes uncommitted", "adds: 3 is not 4", "refused by unit in")
                .doesNotContain("integration ");
    }

    @Test
    void what_git_ignores_is_not_there() throws Exception {
        write(".gitignore", "unit.xml\n");
        git("git rm -q --cached unit.xml");

        assertThat(pawl.exits(1, "check", "--only", "unit")).contains("unit.xml");
    }

    @Test
    void some_checks_alone_are_made_with_what_they_need() {
        var told = pawl.json("check", "--only", "unit");

        assertThat(told.at("/run/state").stringValue()).isEqualTo("PASSED");
        assertThat(told.path("checks")
                        .valueStream()
                        .map(check -> check.path("name").stringValue()))
                .containsExactly("checkout", "build", "unit");
        assertThat(pawl.json("check", "--only", "integration")
                        .path("checks")
                        .valueStream()
                        .map(check -> check.path("name").stringValue()))
                .contains("integration")
                .doesNotContain("unit");
        assertThat(pawl.exits(1, "check", "--only", "units")).contains("This project has no check 'units'");
    }

    @Test
    void a_test_is_compared_with_the_check_before() throws Exception {
        pawl.prints("check", "--only", "unit");
        write("unit.xml", "<testsuite><testcase name='adds'><failure message='3 is not 4'/></testcase></testsuite>");
        assertThat(pawl.exits(1, "check", "--only", "unit")).contains("1 new");
        write("unit.xml", TinyProject.UNIT);
        assertThat(pawl.prints("check", "--only", "unit")).contains("1 fixed");
    }

    @Test
    void steps_come_from_the_cache_of_the_runs_of_this_folder() {
        pawl.prints("check");
        String run = pawl.json("check", "--only", "integration").at("/run/run").stringValue();

        try (Notebook notebook = Notebook.open(folder)) {
            assertThat(notebook.runs().steps(new RunId(run)))
                    .isNotEmpty()
                    .allSatisfy(step -> assertThat(step.state()).isEqualTo(StepState.CACHED));
        }
    }

    @Test
    void a_broken_pawl_yaml_is_a_check_that_failed() throws Exception {
        replace("project: tiny", "project: tiny\nprojekt: x");

        assertThat(pawl.exits(1, "check")).contains("refused by definition", "unknown key 'projekt'");
    }

    @Test
    void a_build_that_fails_is_told_with_its_last_lines() throws Exception {
        replace("ci:\n", "ci:\n  build: echo no such thing; exit 3\n");

        assertThat(pawl.exits(1, "check")).contains("refused by build", "exit code 3", "no such thing");
    }

    private void git(String script) throws Exception {
        assertThat(new ProcessBuilder("sh", "-c", script)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
