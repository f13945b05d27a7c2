package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.executor.ProcessTree;
import dev.pawl.kernel.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RestartTest {
    /** Runs until it is told to go on, at every attempt. */
    static final String UNTIL_TOLD =
            "echo $$ >> $MARKS/b; while [ ! -f $MARKS/go ]; do sleep 0.02; done; cp ../inputs/a ../outputs/b";

    @TempDir
    Path folder;

    static Definition chain(Rig rig) {
        return pipeline(
                rig.step("a", "echo x >> $MARKS/a; echo 1 > ../outputs/a"),
                rig.step("b", UNTIL_TOLD).after("a"),
                rig.step("c", "echo x >> $MARKS/c; cp ../inputs/b ../outputs/c").after("b"));
    }

    @Test
    void a_stopped_server_goes_on_where_it_was() {
        try (Rig rig = Rig.in(folder).start()) {
            RunId id = rig.submit(chain(rig));
            rig.awaitMark("b");

            rig.reopen();
            assertThat(rig.states(id)).containsEntry("a", StepState.SUCCEEDED).containsEntry("b", StepState.READY);
            Rig.write(rig.mark("go"), "");
            rig.start();

            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertOnceEach(rig, id);
        }
    }

    @Test
    void a_killed_server_repeats_only_what_was_under_way_and_leaves_no_process() throws Exception {
        Process server = KilledServer.start(folder);
        Path mark = folder.resolve("marks/b");
        await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(mark) && Files.size(mark) > 0);
        server.destroyForcibly().waitFor();
        long leftover = Long.parseLong(Files.readString(mark).strip());
        assertThat(ProcessHandle.of(leftover)).as("outlives its server").isPresent();

        try (Rig rig = Rig.in(folder).start()) {
            RunId id = rig.orchestrator()
                    .runs(Optional.empty(), Optional.empty(), 1)
                    .getFirst()
                    .spec()
                    .id();
            await().atMost(Duration.ofSeconds(10)).until(() -> rig.count("b") == 2);
            assertThat(ProcessHandle.of(leftover).filter(ProcessTree::lives)).isEmpty();
            Rig.write(rig.mark("go"), "");

            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertOnceEach(rig, id);
        }
    }

    @Test
    void a_process_that_only_has_the_same_number_is_left_alone() throws IOException {
        Process other = new ProcessBuilder("sleep", "300").start();
        try {
            var started = other.info().startInstant().orElseThrow();
            assertThat(ProcessTree.find(new Commands.Started(other.pid(), started.minusSeconds(60))))
                    .isEmpty();
            assertThat(ProcessTree.find(new Commands.Started(other.pid(), started)))
                    .isPresent();
        } finally {
            other.destroyForcibly();
        }
    }

    /** The step under way was begun twice, which cost it none of its attempts; all others once. Nothing is left of any attempt. */
    private void assertOnceEach(Rig rig, RunId id) {
        assertThat(List.of(rig.count("a"), rig.count("b"), rig.count("c"))).containsExactly(1L, 2L, 1L);
        assertThat(rig.stepOf(id, "b").attempt()).isEqualTo(2);
        assertThat(rig.finished()).hasSize(1);
        await().until(() -> Folders.entries(folder.resolve("work/scratch")).isEmpty());
        assertThat(Files.exists(folder.resolve("work/packages"))).isTrue();
    }
}
