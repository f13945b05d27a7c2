package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Commands;
import dev.pawl.executor.ProcessTree;
import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code pawl run --watch}, in a process of its own that is ended as by Ctrl-C. */
class RunWatchTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Path project;
    private PawlCommand pawl;

    @BeforeEach
    void project(@TempDir Path temporary) throws Exception {
        project = StudyProject.in(temporary).folder();
        pawl = new PawlCommand(project);
    }

    @Test
    void a_saved_file_runs_what_it_affects_again_until_ctrl_c() throws Exception {
        Process watching = start();
        try {
            awaitRuns(1, "SUCCEEDED");
            Files.writeString(project.resolve("notes.tmp"), "not of interest\n");
            Files.writeString(project.resolve("pawl.yaml"), yaml().replace("depth: 3", "depth: 4"));
            awaitRuns(2, "SUCCEEDED");
            assertThat(pawl.json("runs").at("/0/parameters/train.depth").intValue())
                    .isEqualTo(4);

            Files.writeString(project.resolve("pawl.yaml"), yaml().replace("depth:", "deep"));
            await().atMost(PATIENCE).until(() -> log().contains("pawl.yaml:"));
            Files.writeString(project.resolve("pawl.yaml"), yaml().replace("deep", "depth:"));
            awaitRuns(3, "SUCCEEDED");
            String last = pawl.json("runs").at("/0/run").stringValue();
            assertThat(pawl.json("show", last).at("/steps/0/state").stringValue())
                    .isEqualTo("CACHED");
        } finally {
            watching.destroy();
        }
        assertThat(watching.waitFor()).isIn(0, 143);
        assertThat(log()).contains("saved: [pawl.yaml]").doesNotContain("notes.tmp", "Exception");
    }

    @Test
    void a_save_runs_only_those_steps_again_that_name_the_file() throws Exception {
        Files.writeString(project.resolve("report.sh"), "cp \"$PAWL_INPUTS/model\" \"$PAWL_OUTPUTS/report\"\n");
        Files.writeString(
                project.resolve("pawl.yaml"),
                yaml().replace("[train.sh]", "[train.sh, report.sh]")
                        .replace("run: sh train.sh", "run: sh train.sh\n      files: [train.sh]")
                        .replace("run: cp \"$PAWL_INPUTS/model\" \"$PAWL_OUTPUTS/report\"", "run: sh report.sh"));
        Process watching = start();
        try {
            awaitRuns(1, "SUCCEEDED");
            Files.writeString(project.resolve("report.sh"), "date > \"$PAWL_OUTPUTS/report\"\n");
            awaitRuns(2, "SUCCEEDED");
        } finally {
            watching.destroy();
        }
        watching.waitFor();
        var steps =
                pawl.json("show", pawl.json("runs").at("/0/run").stringValue()).path("steps");
        assertThat(steps.valueStream().map(step -> step.path("state").stringValue()))
                .containsExactly("CACHED", "SUCCEEDED");
    }

    @Test
    void a_run_under_way_is_cancelled_by_a_save_and_by_ctrl_c() throws Exception {
        Files.writeString(project.resolve("train.sh"), "echo $$ > " + project.resolveSibling("pid") + "; sleep 600\n");
        Process watching = start();
        try {
            awaitRuns(1, "RUNNING");
            await().atMost(PATIENCE).until(() -> Files.exists(project.resolveSibling("pid")));
            Files.writeString(project.resolve("train.sh"), "sleep 601\n");
            await().atMost(PATIENCE).until(() -> states().equals(List.of("RUNNING", "CANCELLED")));
        } finally {
            watching.destroy();
        }
        watching.waitFor();
        assertThat(states()).containsExactly("CANCELLED", "CANCELLED");
        long step =
                Long.parseLong(Files.readString(project.resolveSibling("pid")).strip());
        assertThat(ProcessHandle.of(step).map(ProcessTree::lives).orElse(false)).isFalse();
    }

    @Test
    void files_of_the_build_and_those_that_git_ignores_are_left_out() throws Exception {
        Files.createDirectories(project.resolve("target"));
        Files.createDirectories(project.resolve("ignored"));
        Files.writeString(project.resolve(".gitignore"), "ignored/\n*.log\n.pawl/\n");
        try (WatchedFiles files =
                WatchedFiles.in(project, new Commands(Clock.system(), OwnJvm.javaHome()), Clock.system())) {
            Files.writeString(project.resolve("made.txt"), "by the build\n");
            await().atMost(PATIENCE).until(files::haveChanged);
            files.leaveOutWhatCame();
            for (String name : List.of("target/a", "ignored/a", "a.log", "made.txt", ".git/a")) {
                Files.writeString(project.resolve(name), "not of interest\n");
            }
            Files.createDirectories(project.resolve("src/new"));
            Files.writeString(project.resolve("src/new/a.txt"), "of interest\n");

            assertThat(files.await()).isEqualTo(Set.of(Path.of("src/new/a.txt")));
        }
    }

    private void awaitRuns(int number, String state) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> states().size() == number && states().getFirst().equals(state));
    }

    private List<String> states() {
        JsonNode runs = pawl.json("runs");
        return runs.valueStream().map(run -> run.path("state").stringValue()).toList();
    }

    private String yaml() throws IOException {
        return Files.readString(project.resolve("pawl.yaml"));
    }

    private String log() throws IOException {
        return Files.readString(project.resolveSibling("watch.log"));
    }

    private Process start() throws IOException {
        return new ProcessBuilder(OwnJvm.command(List.of("run", "--watch", "--project", project.toString())))
                .redirectErrorStream(true)
                .redirectOutput(project.resolveSibling("watch.log").toFile())
                .start();
    }
}
