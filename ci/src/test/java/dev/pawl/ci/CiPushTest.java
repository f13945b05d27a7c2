package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiPushTest {
    @TempDir
    Path folder;

    @Test
    void whoever_pushes_is_told_the_ci_run() {
        Project project = Project.in(folder.resolve("copy"));
        try (CiServer server = CiServer.start(folder.resolve("server"))) {
            String commit = project.git().commit("work");

            String output = project.git().run("push", server.url("births"), "main");

            CiRun run = server.ci.runs(Optional.empty(), 1).getFirst();
            assertThat(output)
                    .contains("pawl: CI run %s started for main at %s".formatted(run.id(), commit.substring(0, 7)))
                    .contains("/api/ci/" + run.id());
        }
    }
}
