package dev.pawl.app;

import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was typed wrong is told with what to type instead, and changes nothing. */
class CommandMistakesTest {
    @TempDir
    Path folder;

    @Test
    void in_a_folder_without_a_project_nothing_is_made() throws Exception {
        Path below = Files.createDirectories(folder.resolve("project/src"));
        for (String command : new String[] {"run", "run --watch", "sweep any"}) {
            String line = command + " --project " + below;
            assertThat(pawl(2, line.split(" "))).contains("no pawl.yaml in " + below);
        }
        Files.writeString(folder.resolve("project/pawl.yaml"), "project: above\n");
        assertThat(pawl(2, "run", "--project", below.toString()))
                .contains("there is one in " + folder.resolve("project"));
        assertThat(pawl(2, "gc", "--dry-run", "--project", below.toString())).contains("Nothing was run");
        assertThat(below).isEmptyDirectory();
    }

    @Test
    void addresses_ports_and_items_that_cannot_be_are_refused() {
        assertThat(pawl(2, "facts", "--server", "foo")).contains("--server wants an address", "'foo'");
        assertThat(pawl(2, "facts", "--server", "ftp://somewhere")).contains("--server wants an address");
        assertThat(pawl(2, "up", "--port", "99999", "--folder", folder.toString()))
                .contains("0 (any) to 65535");
        assertThat(pawl(2, "why", "train", "--item", "-1", "--project", folder.toString()))
                .contains("numbered from 0");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_step_of_another_pool_runs_where_there_is_one() throws Exception {
        Files.writeString(folder.resolve("pawl.yaml"), """
            project: pools
            pipeline: { steps: { big: { run: 'echo 1 > "$PAWL_OUTPUTS/out"', outputs: { out: file }, pool: gpu } } }
            """);

        assertThat(pawl(1, "run", "--project", folder.toString())).contains("pool 'gpu'", "--pool gpu=PLACES");
        assertThat(pawl(2, "run", "--pool", "gpu=0", "--project", folder.toString()))
                .contains("a pool has 1 to 10000 places");
        assertThat(pawl(0, "run", "--pool", "gpu=1", "--project", folder.toString()))
                .contains("SUCCEEDED");
        assertThat(folder.resolve(".pawl/.gitignore")).hasContent("*");
    }
}
