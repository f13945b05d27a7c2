package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.ci.CiCheck.State;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Definitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is cancelled ends, with all that is done for it, and nothing is written of it any more. */
class CiCancelTest {
    @TempDir
    Path folder;

    private CiServer server;
    private Project project;

    @BeforeEach
    void start() {
        project = Project.in(folder.resolve("copy"));
        server = CiServer.start(folder.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Path pid() {
        return folder.resolve("pid");
    }

    /** A command that tells its process and does not end before its limit, which is longer than a test waits. */
    private String endless() {
        return "echo $$ > %1$s.new; mv %1$s.new %1$s; sleep 10000\n".formatted(pid());
    }

    private CiRunId underWay() {
        server.await("the command", () -> Files.exists(pid()) ? Optional.of(true) : Optional.empty());
        return server.ci.runs(Optional.empty(), 1).getFirst().id();
    }

    private void awaitDeath() throws IOException {
        long process = Long.parseLong(Files.readString(pid()).strip());
        server.await(
                "the end of process " + process,
                () -> ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent()
                        ? Optional.empty()
                        : Optional.of(true));
    }

    /** What is queued behind an attempt ends after it. */
    private void awaitEndOfTheAttempt() {
        project.replace(Map.of());
        project.write("build.sh", "exit 1\n");
        server.ended(project.push(server));
    }

    @Test
    void a_step_that_is_tried_by_itself_just_then_is_ended() throws Exception {
        Path ran = folder.resolve("ran");
        String evaluate = Files.readString(project.git().folder().resolve("steps/evaluate.sh"));
        project.replace("integration: { sample: 3, within: 1m }", "integration: { sample: 3, within: 10m }")
                .write(
                        "steps/evaluate.sh",
                        "[ ! -e %1$s ] || { %2$s }\n%3$s: > %1$s\n"
                                .formatted(ran, endless().replace("\n", "; "), evaluate));
        project.push(server);
        CiRunId id = underWay();

        server.ci.cancel(id);

        awaitDeath();
        awaitEndOfTheAttempt();
        assertThat(server.states(id))
                .containsEntry(CiCheck.INTEGRATION, State.PASSED)
                .containsEntry(CiCheck.CONTRACT, State.CANCELLED);
        assertThat(folder.resolve("server/runs/scratch")).isEmptyDirectory();
    }

    @Test
    void a_second_unit_check_does_not_begin() throws Exception {
        Path second = folder.resolve("second");
        project.replace("unit: { run: sh test.sh, reports: reports, within: 1m }", """
            unit:
                    first: { run: sh test.sh, reports: reports, within: 10m }
                    second: { run: "touch SECOND; sh test.sh", reports: reports }
            """.strip()
                .replace("SECOND", second.toString()));
        project.write("test.sh", endless());
        project.push(server);
        CiRunId id = underWay();

        server.ci.cancel(id);

        awaitDeath();
        awaitEndOfTheAttempt();
        assertThat(server.states(id))
                .containsEntry("unit.first", State.CANCELLED)
                .doesNotContainKey("unit.second");
        assertThat(second).doesNotExist();
    }

    /** Whoever makes a check may be between two looks whether anybody wants it. */
    @Test
    void nothing_is_written_of_a_run_that_is_over() throws Exception {
        CiServer idle = CiServer.idle(folder.resolve("idle"));
        var progress =
                new CiProgress(idle.store, new Definitions(idle.store.artifacts()), idle.orchestrator, idle.packaging);
        CiRun run = begun(idle, progress, "a");
        CiRun other = begun(idle, progress, "b");
        CheckRecorder recorder = new CheckRecorder(idle.store, run.id());

        assertThatThrownBy(() -> recorder.record(CiCheck.BUILD, () -> {
                    idle.ci.cancel(run.id());
                    return Finding.passed("built");
                }))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining(run.id() + " is CANCELLED");
        assertThatThrownBy(() -> recorder.record(CiCheck.UNIT, () -> Finding.passed("tested")))
                .isInstanceOf(PawlException.class);
        new CheckRecorder(idle.store, other.id()).record(CiCheck.UNIT, () -> Finding.passed("tested"));
        idle.store.database().change(tx -> progress.conclude(tx, run.id(), new Verdict.Known(other)));
        idle.store.database().change(tx -> progress.tried(tx, run.id(), CiCheck.BUILD, Finding.passed("tried")));

        assertThat(idle.states(run.id())).isEqualTo(Map.of(CiCheck.BUILD, State.CANCELLED));
        idle.store.close();
    }

    private static CiRun begun(CiServer server, CiProgress progress, String letter) {
        var commit = new CommitId(letter.repeat(40));
        CiRun run = server.ci.check(CiServer.project("births"), "main", commit, Scope.ALL);
        return server.store
                .database()
                .transact(tx -> progress.begin(tx, run.id()).orElseThrow());
    }
}
