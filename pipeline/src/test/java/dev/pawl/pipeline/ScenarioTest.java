package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Scenario.Behaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a pipeline looks like and whatever happens to it, it ends as it must, once, and leaves nothing behind. */
@Timeout(60)
class ScenarioTest {
    @TempDir
    Path folder;

    private final ScriptedExecutor executor = new ScriptedExecutor();

    @ParameterizedTest
    @MethodSource("dev.pawl.pipeline.Scenario#all")
    void a_run_ends_as_it_must(Scenario scenario) {
        try (Rig rig = Rig.on(scenario.context().database, folder, executor).start()) {
            RunId id = rig.submit(scenario.definition());
            if (scenario.context().isRestarted()) {
                awaitSubject(executor.begun);
                rig.reopen();
                executor.letGo.countDown();
                rig.start();
            }
            if (scenario.behaviour() == Behaviour.IS_CANCELLED) {
                awaitSubject(executor.tries);
                rig.orchestrator().cancel(id, "the test wants it");
            }

            assertThat(rig.awaitEnd(id).state()).isEqualTo(scenario.behaviour().end);
            assertThat(rig.stepOf(id, "subject").state()).isEqualTo(scenario.subject());
            Invariants.assertHold(rig, executor, id, scenario.context().isRestarted());
            if (scenario.behaviour().end == RunState.SUCCEEDED) {
                assertCached(rig, scenario);
            }
        }
    }

    /** The same again runs nothing again, but for what always runs. */
    private void assertCached(Rig rig, Scenario scenario) {
        RunId again = rig.submit(scenario.definition());

        assertThat(rig.awaitEnd(again).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(executor.begun.keySet())
                .filteredOn(step -> step.startsWith(again + "/"))
                .allMatch(step -> step.startsWith(again + "/end/"));
        Invariants.assertHold(rig, executor, again, false);
    }

    private static void awaitSubject(Map<String, AtomicInteger> begun) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> begun.keySet().stream().anyMatch(step -> step.contains("/subject/")));
    }
}
