package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which code a run was: its commit and what was not committed. */
class RunSourceTest {
    @TempDir
    Path temporary;

    @Test
    void the_uncommitted_change_is_told_and_printed_as_a_patch() throws Exception {
        Path project = StudyProject.in(temporary).folder();
        PawlCommand pawl = new PawlCommand(project);
        String clean = pawl.run();
        Files.writeString(project.resolve("numbers.csv"), "day,n\nmon,1\ntue,5\nwed,3\nthu,8\n");
        Files.writeString(project.resolve("notes.txt"), "less is more\n");
        String changed = pawl.run();

        assertThat(pawl.prints("show", changed))
                .contains("2 files, 3 lines added, 1 removed", "numbers.csv +2 -1", "notes.txt +1 -0");
        assertThat(pawl.prints("show", changed, "--diff"))
                .startsWith("diff --git a/notes.txt b/notes.txt")
                .contains("-tue,2", "+tue,5");
        assertThat(pawl.json("show", changed).at("/changed/1/added").intValue()).isEqualTo(2);
        assertThat(pawl.json("show", changed, "--diff").path("patch").stringValue())
                .contains("+tue,5");
        assertThat(pawl.prints("show", clean)).contains("commit").doesNotContain("uncommitted");
        assertThat(pawl.prints("show", clean, "--diff")).isEmpty();
    }
}
