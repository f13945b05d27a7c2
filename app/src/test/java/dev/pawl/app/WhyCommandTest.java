package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.store.FolderLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyCommandTest {
    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private String first = "";

    @BeforeEach
    void runs_once() throws Exception {
        folder = TinyProject.in(temporary).folder();
        first = json(0, "run", "--project", folder.toString()).path("run").stringValue();
    }

    @Test
    void tells_what_differed_from_the_run_before() throws Exception {
        Files.writeString(folder.resolve("numbers.csv"), "n\n1\n");
        String second =
                json(0, "run", "--project", folder.toString()).path("run").stringValue();

        assertThat(pawl(0, "why", "count", "--project", folder.toString()))
                .contains(second.substring(0, 15), first, "the content of input 'numbers' changed");
        assertThat(pawl(0, "why", "count", "--run", first, "--project", folder.toString()))
                .contains("It never ran before");
        var answer = json(0, "why", "count", "--project", folder.toString());
        assertThat(answer.path("nearest").stringValue()).isEqualTo(first);
        assertThat(answer.path("differences")).isNotEmpty();
    }

    @Test
    void answers_while_a_run_is_under_way() {
        try (FolderLock lock = FolderLock.take(folder.resolve(".pawl"))) {
            assertThat(lock).isNotNull();
            assertThat(pawl(0, "why", "count", "--project", folder.toString())).contains(first.substring(0, 15));
        }
    }

    @Test
    void what_is_not_there_is_named() {
        assertThat(pawl(2, "why", "cuont", "--project", folder.toString()))
                .contains("no step 'cuont'", "[count, report]");
        assertThat(pawl(2, "why", "count", "--item", "1", "--project", folder.toString()))
                .contains("was not fanned out");
        assertThat(pawl(2, "why", "count", "--run", "run-z", "--project", folder.toString()))
                .contains("There is no run run-z");
        assertThat(pawl(2, "why", "count", "--project", temporary.toString())).contains("Nothing was run in");
    }
}
