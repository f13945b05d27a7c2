package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci.python}: build and tests in the Python of the steps. */
class CiPythonTest {
    @TempDir
    Path folder;

    private CiServer server;

    @BeforeEach
    void start() {
        server = CiServer.start(folder.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void build_and_tests_find_the_python_environment_which_is_made_once() throws Exception {
        String python = "test \"$(command -v python3)\" = \"$VIRTUAL_ENV/bin/python3\"\n";
        Project project = Project.in(folder.resolve("copy"));
        project.replace("  build: sh build.sh", "  python: requirements.txt\n  build: sh build.sh")
                .write("requirements.txt", "# nothing\n");
        project.write("build.sh", "set -e\n" + python + "mkdir -p lib && echo built > lib/model.txt\n")
                .write("test.sh", "set -e\n" + python + Project.TEST);

        CiRun run = server.ended(project.push(server));

        if (System.getenv("PAWL_CI") == null) {
            assumeTrue(
                    !server.ci.checks(run.id()).toString().contains("python3-venv"),
                    "skipped: python3-venv is missing, install it so: apt-get install python3-venv");
        }
        assertThat(run.state()).as(() -> server.ci.checks(run.id()).toString()).isEqualTo(CiState.PASSED);
        assertThat(server.ci.log(run.id(), "build")).contains("making the Python environment of requirements.txt");
        assertThat(server.check(run.id(), "unit").log())
                .as("it printed nothing, not even that it made one")
                .map(server.store.artifacts()::text)
                .contains("");
    }
}
