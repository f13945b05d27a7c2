package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile or broken project does stays within its attempt, and is told. */
class CiContainmentTest {
    private static final long MOST_BYTES = 8L * 1024 * 1024;

    @TempDir
    Path folder;

    private CiServer server;
    private Project project;

    @BeforeEach
    void start() {
        project = Project.in(folder.resolve("copy"));
        CiSettings usual = CiSettings.ofThisMachine();
        server = CiServer.start(folder.resolve("server"), new CiSettings(usual.javaHome(), 1, 1, MOST_BYTES));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CiRun push() {
        return server.ended(project.push(server));
    }

    private void assertRefusedByBuild(String... because) {
        CiRun run = push();
        assertThat(run.refusedBy()).hasValue(CiCheck.BUILD);
        assertThat(run.because().orElseThrow()).contains(because);
        assertThat(folder.resolve("server/ci/work")).isEmptyDirectory();
    }

    @Test
    void a_build_that_fills_the_disk_is_ended() {
        project.write("build.sh", "while :; do dd if=/dev/zero bs=1M count=1 2>/dev/null >> big; sleep 0.01; done\n");

        assertRefusedByBuild("was ended, because its folder had grown to more than 8 MiB");
    }

    @Test
    void a_build_that_fills_its_home_or_the_folder_of_temporary_files_is_ended_as_well() {
        project.write(
                "build.sh", "while :; do dd if=/dev/zero bs=1M count=1 2>/dev/null >> $HOME/big; sleep 0.01; done\n");

        assertRefusedByBuild("was ended, because its folder had grown");
    }

    @Test
    void a_build_that_prints_without_end_has_a_bounded_log() {
        project.replace("within: 1m\n  package", "within: 3s\n  package").write("build.sh", "yes 0123456789\n");

        CiRun run = push();

        assertThat(run.because().orElseThrow()).contains("took longer than 3.0 s and was ended");
        assertThat(server.ci.log(run.id(), CiCheck.BUILD))
                .contains("bytes left out")
                .hasSizeLessThan(5 * 1024 * 1024);
    }

    @Test
    void what_a_build_leaves_running_is_ended_with_it() throws Exception {
        Path pid = folder.resolve("pid");
        project.write(
                "build.sh",
                "mkdir lib; echo b > lib/model.txt; setsid sh -c 'echo $$ > %s; sleep 10000' &\nsleep 1\n"
                        .formatted(pid));

        assertThat(push().state()).isEqualTo(CiState.PASSED);
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive)
                        .flatMap(process -> process.info().command()))
                .isEmpty();
    }

    @Test
    void home_and_temporary_files_are_within_the_attempt_and_go_with_it() {
        project.write(
                "build.sh",
                "mkdir lib; echo b > lib/model.txt; echo $HOME $TMPDIR; touch $HOME/mine $TMPDIR/mine $(mktemp)\n");

        CiRun run = push();

        String work = folder.resolve("server/ci/work").toString();
        assertThat(server.ci.log(run.id(), CiCheck.BUILD).split("\\s+"))
                .hasSize(2)
                .allSatisfy(path -> assertThat(path).startsWith(work));
        assertThat(folder.resolve("server/ci/work")).isEmptyDirectory();
    }
}
