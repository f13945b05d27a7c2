package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Digest;
import dev.pawl.store.FolderLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageCommandTest {
    @TempDir
    Path temporary;

    @Test
    void a_working_copy_tells_what_its_artifacts_are_made_of_and_what_was_made_of_them() throws Exception {
        String project = TinyProject.in(temporary).folder().toString();
        var run = json(0, "run", "--project", project);
        String id = run.path("run").stringValue();
        String lines = new Digest(run.at("/steps/0/outputs/lines").stringValue()).brief();
        String summary = new Digest(run.at("/steps/1/outputs/summary").stringValue()).brief();
        String data = new Digest(run.at("/data/numbers").stringValue()).brief();

        try (FolderLock busy = FolderLock.take(Path.of(project, ".pawl"))) {
            assertThat(busy).isNotNull();
            assertThat(pawl(0, "lineage", lines, "--project", project))
                    .containsSubsequence(
                            "made by",
                            "└─ count of " + id.substring(0, 15),
                            "commit " + run.path("commit").stringValue(),
                            "process on",
                            "JDK " + Runtime.version(),
                            "unit = \"rows\"",
                            "numbers " + data + " (data 'numbers')",
                            "used by",
                            "└─ report of " + id.substring(0, 15),
                            "summary " + summary);
            assertThat(pawl(0, "lineage", data, "--project", project))
                    .contains("made by: nothing that a step did")
                    .containsSubsequence("└─ count", "   └─ report");
        }
        assertThat(pawl(0, "lineage", id, "--project", project)).containsSubsequence("└─ report", "   └─ count");
        assertThat(json(0, "lineage", id, "--project", project).path("back")).hasSize(2);
        var near = json(0, "lineage", id.substring(0, 15), "--depth", "0", "--project", project);
        assertThat(near.path("back")).hasSize(1);
        assertThat(near.at("/left_off/back").asInt()).isEqualTo(1);
        assertThat(pawl(0, "lineage", id, "--most", "1", "--project", project)).contains("and 1 more step; --depth");
        assertThat(pawl(2, "lineage", id, "--most", "0", "--project", project)).contains("1 to 1000 steps");
        assertThat(pawl(2, "lineage", "births", "--project", project)).contains("--server");
        assertThat(pawl(2, "lineage", "0123456789", "--project", project)).contains("No step of a run");
    }

    @Test
    void a_step_that_is_fanned_out_tells_its_items_and_times() throws Exception {
        Path project = Files.createDirectories(temporary.resolve("fanned"));
        Files.writeString(project.resolve("pawl.yaml"), """
            project: fanned
            pipeline:
              steps:
                parts:
                  run: 'for i in 0 1 2 3; do echo $i > "$PAWL_OUTPUTS/parts/00000$i"; done'
                  outputs: { parts: list of files }
                fit:
                  run: 'cat "$PAWL_INPUTS"/* > "$PAWL_OUTPUTS/fit"; echo >> "$PAWL_OUTPUTS/fit"'
                  each: { part: parts }
                  outputs: { fit: file }
            environments: { prod: { branch: main, deploy: automatic } }
            """);
        String id = json(0, "run", "--project", project.toString()).path("run").stringValue();

        assertThat(pawl(0, "lineage", id, "--project", project.toString()))
                .containsPattern("└─ fit of \\S+, succeeded, 4 items")
                .containsPattern("ran +20\\S+Z, for [0-9.]+ s, process on")
                .doesNotContain("not to its end");
    }
}
