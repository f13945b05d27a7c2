package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl compare}, of runs that differ in everything that they can differ in. */
class CompareTest {
    private PawlCommand pawl;
    private Path project;

    @BeforeEach
    void project(@TempDir Path temporary) throws Exception {
        project = StudyProject.in(temporary).folder();
        pawl = new PawlCommand(project);
    }

    @Test
    void runs_are_compared_by_parameters_metrics_code_and_data() throws Exception {
        String first = pawl.run();
        Files.writeString(project.resolve("numbers.csv"), "day,n\nmon,1\ntue,5\nwed,3\nthu,8\n");
        Files.writeString(project.resolve("train.sh"), Files.readString(project.resolve("train.sh")) + "# done\n");
        String second = pawl.run("--param", "train.eta=0.3");
        String third = pawl.run("--param", "train.depth=4");

        String text = pawl.prints("compare", first, second, third);
        assertThat(text.lines().toList().getFirst()).contains(first, second, third);
        assertThat(text)
                .containsPattern("parameter train.eta +0.1 +0.3 +0.1")
                .containsPattern("metric train.mape +0.1 +0.3 +0.1")
                .contains("uncommitted", "train.sh +1 -0", "+# done")
                .contains("3 -> 4 rows: 1 added, 0 removed, 1 changed (same day)")
                .doesNotContain("parameter report");

        var json = pawl.json("compare", first, second);
        assertThat(json.at("/code/0/files").size()).isEqualTo(2);
        assertThat(json.at("/code/0/patch").stringValue()).contains("+thu,8");
        assertThat(json.at("/data/0/table/changed").intValue()).isEqualTo(1);
        assertThat(json.at("/differences/parameter train.eta/1").stringValue()).isEqualTo("0.3");
    }

    @Test
    void outside_of_git_the_packaged_files_are_compared() throws Exception {
        Files.move(project.resolve(".git"), project.resolveSibling("no-git"));
        String first = pawl.run();
        Files.writeString(project.resolve("train.sh"), Files.readString(project.resolve("train.sh")) + "# done\n");
        String second = pawl.run();

        assertThat(pawl.prints("compare", first, second)).contains("git cannot tell", "  train.sh");
    }
}
