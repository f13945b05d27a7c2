package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Fact.PackageBuilt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiRestartTest {
    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void init() {
        project = Project.in(folder.resolve("copy"));
    }

    private CiServer start() {
        return CiServer.start(folder.resolve("server"));
    }

    /** A command that blocks the first time it is run, until its server is stopped. */
    private String onceBlocked(String rest) {
        Path mark = folder.resolve("mark");
        return "if [ ! -e " + mark + " ]; then touch " + mark + "; sleep 1000; fi\n" + rest;
    }

    private void stopWhileBlocked(CiServer server) {
        server.await("the command", () -> Files.exists(folder.resolve("mark")) ? Optional.of(true) : Optional.empty());
        server.close();
    }

    @Test
    void a_build_that_was_cut_short_is_made_again_and_gives_one_verdict() {
        project.write("build.sh", onceBlocked("mkdir lib && echo built > lib/model.txt\n"));
        CiServer first = start();
        String commit = project.push(first);
        stopWhileBlocked(first);

        try (CiServer second = start()) {
            CiRun run = second.ended(commit);

            assertThat(run.state()).isEqualTo(CiState.PASSED);
            assertThat(second.facts(Fact.CommitPushed.class)).hasSize(1);
            assertThat(second.facts(PackageBuilt.class)).hasSize(1);
            assertThat(second.ci.runs(Optional.empty(), 10)).hasSize(1);
            assertThat(folder.resolve("server/ci/work")).isEmptyDirectory();
        }
    }

    @Test
    void an_integration_run_that_was_cut_short_gives_one_verdict() {
        String evaluate = read("steps/evaluate.sh");
        project.write("steps/evaluate.sh", onceBlocked(evaluate));
        CiServer first = start();
        String commit = project.push(first);
        stopWhileBlocked(first);

        try (CiServer second = start()) {
            assertThat(second.ended(commit).state()).isEqualTo(CiState.PASSED);
            assertThat(second.facts(PackageBuilt.class))
                    .singleElement()
                    .satisfies(built -> assertThat(second.packaging
                                    .record(built.packageDigest())
                                    .ciRun())
                            .as("what was packed before the server died is signed after it")
                            .isEqualTo(built.ciRun()));
        }
    }

    @Test
    void what_was_cancelled_stays_so_and_its_run_of_the_pipeline_is_ended_after_a_restart() {
        String evaluate = read("steps/evaluate.sh");
        project.write("steps/evaluate.sh", "touch " + folder.resolve("mark") + "; sleep 1000\n" + evaluate);
        CiServer first = start();
        String commit = project.push(first);
        first.await("the command", () -> Files.exists(folder.resolve("mark")) ? Optional.of(true) : Optional.empty());
        CiRun cancelled =
                first.ci.cancel(first.ci.runs(Optional.empty(), 1).getFirst().id());
        first.close();

        try (CiServer second = start()) {
            assertThat(second.ended(commit).state()).isEqualTo(CiState.CANCELLED);
            second.await(
                    "the end of the run",
                    () -> Optional.of(second.orchestrator.run(cancelled.run().orElseThrow()))
                            .filter(run -> run.state().isOver()));
            assertThat(second.ci.run(cancelled.id()).state()).isEqualTo(CiState.CANCELLED);
            assertThat(second.facts(PackageBuilt.class)).isEmpty();
        }
    }

    @Test
    void commands_of_a_server_that_was_killed_are_ended() throws Exception {
        ProcessBuilder command = new ProcessBuilder("sleep", "1000");
        command.environment().put("PAWL_PROCESS", folder.resolve("server/ci/work") + "#killed.1");
        Process left = command.start();
        try (CiServer _ = start()) {
            assertThat(left.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void a_newer_commit_supersedes_one_that_still_waits() {
        project.write("build.sh", onceBlocked("mkdir lib && echo built > lib/model.txt\n"));
        CiServer first = start();
        String blocking = project.push(first);
        first.await("the command", () -> Files.exists(folder.resolve("mark")) ? Optional.of(true) : Optional.empty());
        String waiting = project.write("README.md", "2\n").push(first);
        String newest = project.write("README.md", "3\n").push(first);

        assertThat(first.ended(waiting).state()).isEqualTo(CiState.SUPERSEDED);
        first.close();
        try (CiServer second = start()) {
            assertThat(second.ended(newest).state()).isEqualTo(CiState.PASSED);
            assertThat(second.ended(blocking).state()).isEqualTo(CiState.PASSED);
            assertThat(second.facts(PackageBuilt.class)).hasSize(2);
        }
    }

    @Test
    void the_process_that_describes_a_pipeline_class_is_known_too() throws Exception {
        Path mark = folder.resolve("mark");
        project.inJava();
        String source = read("src/births/Births.java");
        project.write("src/births/Births.java", source.replace("public final class Births {", """
            public final class Births {
                static {
                    try {
                        Path pid = Path.of("%1$s.new");
                        java.nio.file.Files.writeString(pid, "" + ProcessHandle.current().pid());
                        java.nio.file.Files.move(pid, Path.of("%1$s"));
                        Thread.sleep(1_000_000);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
            """.formatted(mark)));
        try (CiServer server = start()) {
            project.push(server);
            server.await("the description", () -> Files.exists(mark) ? Optional.of(true) : Optional.empty());
            assertThat(server.store.database().read(new CiStore()::processes))
                    .extracting(Commands.Started::pid)
                    .containsExactly(Long.parseLong(Files.readString(mark)));
        }
    }

    private String read(String file) {
        try {
            return Files.readString(project.git().folder().resolve(file));
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
