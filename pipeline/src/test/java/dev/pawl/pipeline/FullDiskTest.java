package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Executors;
import dev.pawl.executor.Folders;
import dev.pawl.executor.LocalSettings;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full in the middle of a run, and has room again later. */
@Timeout(120)
class FullDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A step that waits and then gives 4 MiB that nothing can compress. */
    private static final String LARGE = "echo x >> $MARKS/large; while [ ! -f $MARKS/go ]; do sleep 0.02; done;"
            + " head -c 4194304 /dev/urandom > ../outputs/large";

    @TempDir
    Path folder;

    @Test
    void without_room_for_an_artifact_its_step_is_lost_and_made_again_and_the_engine_waits_for_room() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 16);
                Rig rig = Rig.over(() -> store(disk), folder, executor()).start()) {
            RunId id = rig.submit(pipeline(
                    rig.step("first", "echo x >> $MARKS/first; echo 1 > ../outputs/first"),
                    rig.step("large", LARGE).after("first"),
                    rig.step("last", "cat ../inputs/large | wc -c > ../outputs/last")
                            .after("large")));
            rig.awaitMark("large");
            disk.fillBut(1 << 20);
            Rig.write(rig.mark("go"), "");
            await().atMost(PATIENCE).until(() -> losses(rig, id) > 0);
            assertThat(rig.orchestrator()
                            .attempts(id, new StepName("large"))
                            .getFirst()
                            .error())
                    .hasValueSatisfying(error -> assertThat(error)
                            .contains(disk.folder().resolve("artifacts").toString())
                            .contains("No space left on device")
                            .contains("Mend that"));

            disk.fillBut(0);
            await().atMost(PATIENCE).until(() -> rig.orchestrator().trouble().isPresent());
            assertThat(rig.orchestrator().trouble())
                    .hasValueSatisfying(text -> assertThat(text).contains("full"));
            assertThat(rig.orchestrator().run(id).state()).isEqualTo(RunState.RUNNING);
            assertThatThrownBy(() -> rig.submit(pipeline(rig.step("more", "true"))))
                    .isInstanceOfSatisfying(
                            PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.EXTERNAL));
            assertNoHalfArtifact(disk.folder());

            disk.makeRoom();
            await().atMost(PATIENCE)
                    .until(() -> rig.orchestrator().run(id).state().isOver());
            assertThat(rig.orchestrator().run(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.output(id, "last").strip()).isEqualTo("" + (4 << 20));
            assertThat(rig.count("first")).isEqualTo(1);
            assertThat(rig.finished()).hasSize(1);
            assertThat(rig.orchestrator().trouble()).isEmpty();
            assertNoHalfArtifact(disk.folder());
        }
    }

    @Test
    void a_step_that_has_no_room_itself_says_so_and_its_run_is_resumed_once_there_is() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 16);
                Rig rig = Rig.in(disk.folder()).start()) {
            RunId id = rig.submit(pipeline(
                    rig.step("first", "echo x >> $MARKS/first; echo 1 > ../outputs/first"),
                    rig.step("large", LARGE).after("first")));
            rig.awaitMark("large");
            disk.fillBut(1 << 20);
            Rig.write(rig.mark("go"), "");
            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.FAILED);
            assertThat(rig.orchestrator().run(id).because()).contains("No space left on device");
            assertNoHalfArtifact(disk.folder());

            disk.makeRoom();
            RunId next = rig.orchestrator().resume(id);
            assertThat(rig.awaitEnd(next).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.count("first")).isEqualTo(1);
        }
    }

    private static long losses(Rig rig, RunId id) {
        return rig.orchestrator().attempts(id, new StepName("large")).stream()
                .filter(attempt -> attempt.state().equals("LOST"))
                .count();
    }

    private static Store store(SmallDisk disk) {
        return Store.embedded(disk.folder(), Clock.system(), Ids.system(), List.of(Orchestrator.SCHEMA));
    }

    private dev.pawl.executor.Executor executor() {
        return Executors.local(Clock.system(), LocalSettings.ofThisMachine(), folder.resolve("work"));
    }

    /** What has a name has the content that its name says. */
    private static void assertNoHalfArtifact(Path disk) throws IOException {
        Path objects = disk.resolve("artifacts/objects");
        List<Path> all = Folders.files(objects);
        assertThat(all).isNotEmpty();
        for (Path file : all) {
            String name = objects.relativize(file).toString().replace("/", "");
            assertThat(Digest.of(Files.readAllBytes(file)).hex()).isEqualTo(name);
        }
    }
}
