package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl source rules --contained}: what nobody reviewed sees nothing of the machine. */
class ContainmentTest {
    private static final String CONTAINER = "container: local/no@sha256:" + "0".repeat(64) + "\n";

    @TempDir
    Path folder;

    private CiServer server;
    private Project project;

    @BeforeEach
    void start() {
        server = CiServer.start(folder.resolve("server"));
        server.contained = true;
        project = Project.in(folder.resolve("copy"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String refused() {
        CiRun run = server.ended(project.push(server));
        assertThat(run.refusedBy()).hasValue(CiCheck.BUILD);
        return run.because().orElseThrow();
    }

    @Test
    void what_nobody_reviewed_is_refused_before_anything_of_it_runs() {
        server.reviewed = false;
        project.write("build.sh", "touch " + folder.resolve("ran"));

        assertThat(refused())
                .contains(
                        "Nobody has reviewed this commit",
                        "Without one are build and tests (ci.container), step 'ingest', step 'evaluate'.",
                        "pawl ci rerun ci-");
        assertThat(folder.resolve("ran")).doesNotExist();

        project.replace(Map.of(
                "  build: sh", "  " + CONTAINER + "  build: sh",
                "      run: sh steps/ingest.sh\n", "      run: sh steps/ingest.sh\n      " + CONTAINER));
        assertThat(refused()).contains("Without one are step 'evaluate'.");
        project.inJava();
        assertThat(refused()).contains("build and tests (ci.container), the class births.Births.");
    }

    /** Such as the server's key: it would reach a step that may tell it. */
    @Test
    void what_nobody_reviewed_has_no_file_of_the_server_read_for_it() {
        server.reviewed = false;
        project.replace(Map.of(
                "  build: sh", "  " + CONTAINER + "  build: sh",
                "      run: sh steps/ingest.sh\n", "      run: sh steps/ingest.sh\n      " + CONTAINER,
                "      run: sh steps/evaluate.sh\n", "      run: sh steps/evaluate.sh\n      " + CONTAINER,
                "data:\n", "data:\n  key: { path: /srv/pawl/signing-key.pem }\n"));

        assertThat(refused()).contains("Without one are data 'key' (a file of the server).");
    }

    @Test
    void what_reviewers_let_in_runs_as_it_says() {
        assertThat(server.ended(project.push(server)).state()).isEqualTo(CiState.PASSED);
    }

    @Test
    void what_is_in_containers_needs_no_review() {
        server.reviewed = false;
        project.replace(Map.of(
                "  build: sh", "  " + CONTAINER + "  build: sh",
                "      run: sh steps/ingest.sh\n", "      run: sh steps/ingest.sh\n      " + CONTAINER,
                "      run: sh steps/evaluate.sh\n", "      run: sh steps/evaluate.sh\n      " + CONTAINER,
                "    unit: { run: sh test.sh, reports: reports, within: 1m }\n", ""));

        assertThat(server.ended(project.push(server)).refusedBy())
                .as("what is looked at next")
                .hasValue(CiCheck.UNIT);
    }
}
