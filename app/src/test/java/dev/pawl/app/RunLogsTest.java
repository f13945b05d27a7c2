package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl logs}: after the end, and beside another process that runs the pipeline. */
class RunLogsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private PawlCommand pawl;
    private Path project;

    @BeforeEach
    void project(@TempDir Path temporary) throws Exception {
        project = StudyProject.in(temporary).folder();
        pawl = new PawlCommand(project);
    }

    @Test
    void what_steps_printed_is_kept() {
        String run = pawl.run();

        assertThat(pawl.prints("logs", run, "train")).isEqualTo("training with 0.1\n");
        assertThat(pawl.prints("logs", run)).isEqualTo("train | training with 0.1\n");
        assertThat(pawl.json("logs", run).path("line").stringValue()).isEqualTo("training with 0.1");
        assertThat(pawl.prints("logs", run, "-f")).contains("training with 0.1");
        assertThat(pawl.exits(2, "logs", run, "trian")).contains("did you mean 'train'?");
        assertThat(pawl.exits(2, "logs", "run-unknown")).contains("run-unknown");
    }

    @Test
    void of_a_step_from_the_cache_the_log_of_its_maker_is_shown() {
        String maker = pawl.run();
        String run = pawl.run();

        assertThat(pawl.prints("logs", run, "train")).contains("in run " + maker, "training with 0.1");
        assertThat(pawl.prints("logs", run)).isEmpty();
    }

    @Test
    void a_log_is_followed_while_another_process_runs_the_step() throws Exception {
        Files.writeString(project.resolve("train.sh"), """
            echo one
            while [ ! -e %s ]; do sleep 0.05; done
            printf 'two\\nthree'
            echo 1 > "$PAWL_OUTPUTS/model"
            """.formatted(project.resolve("go")));
        Process other = start("run", "--project", project.toString());
        try {
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .until(() -> pawl.prints("logs", theRun()).contains("one"));
            assertThat(pawl.prints("logs", theRun(), "train")).isEqualTo("one\n");
            assertThat(pawl.json("runs").at("/0/state").stringValue()).isEqualTo("RUNNING");

            Files.writeString(project.resolve("go"), "");
            assertThat(pawl.prints("logs", theRun(), "train", "-f")).isEqualTo("one\ntwo\nthree\n");
            assertThat(other.waitFor()).isZero();
        } finally {
            other.destroy();
        }
    }

    @Test
    void of_a_run_whose_process_was_killed_nothing_more_is_waited_for() throws Exception {
        Files.writeString(project.resolve("train.sh"), "echo one; sleep 600\n");
        Process other = start("run", "--project", project.toString());
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> pawl.prints("logs", theRun()).contains("one"));
        other.destroyForcibly().waitFor();

        assertThat(pawl.prints("logs", theRun(), "-f")).contains("train | one", "was interrupted", "pawl resume");

        Files.writeString(project.resolve("train.sh"), "echo 1 > \"$PAWL_OUTPUTS/model\"\n");
        assertThat(pawl.prints("run")) // ends the step that the killed one left behind
                .contains("takes up 1 run that an earlier process left");
    }

    private String theRun() {
        return pawl.json("runs").at("/0/run").stringValue();
    }

    private Process start(String... arguments) throws IOException {
        return new ProcessBuilder(OwnJvm.command(List.of(arguments)))
                .redirectErrorStream(true)
                .redirectOutput(project.resolveSibling("other.log").toFile())
                .start();
    }
}
