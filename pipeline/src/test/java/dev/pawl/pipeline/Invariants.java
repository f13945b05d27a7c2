package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.LineageLink.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must be true of a run that has ended, whatever happened on the way. */
final class Invariants {
    private static final int MOST_ITEMS = 1_000;

    private Invariants() {}

    /** @param stopped whether a server was stopped meanwhile: what it had made, and not kept, is made again */
    static void assertHold(Rig rig, ScriptedExecutor executor, RunId id, boolean stopped) {
        assertThat(rig.finished()).filteredOn(fact -> fact.runId().equals(id)).hasSize(1);
        List<RunStep> all = stepsAndItems(rig, id);
        assertThat(all).allMatch(step -> isOver(step.state()));
        all.forEach(step -> assertOnce(rig, executor, step, stopped));
        assertThat(artifacts(rig, id)).allMatch(rig.store().artifacts()::has);
        assertThat(artifacts(rig, id))
                .isEqualTo(all.stream()
                        .flatMap(step -> step.outputs().values().stream())
                        .collect(Collectors.toSet()));
        assertThat(rig.openRows()).isZero();
        await().atMost(Duration.ofSeconds(5)).until(rig::leavesNoScratch);
    }

    private static List<RunStep> stepsAndItems(Rig rig, RunId id) {
        return rig.orchestrator().steps(id).stream()
                .flatMap(step -> Stream.concat(
                        Stream.of(step), rig.orchestrator().items(id, step.name(), 0, MOST_ITEMS).stream()))
                .toList();
    }

    private static Set<Digest> artifacts(Rig rig, RunId id) {
        return new Lineage(rig.store())
                .of(id).stream()
                        .filter(link -> link.role() == Role.OUTPUT)
                        .map(LineageLink::artifact)
                        .collect(Collectors.toSet());
    }

    private static boolean isOver(StepState state) {
        return switch (state) {
            case SUCCEEDED, CACHED, SKIPPED, FAILED, CANCELLED -> true;
            case WAITING, READY, RUNNING, PAUSING -> false;
        };
    }

    /** What counts as done was done by one program once, and attempts are numbered without a gap. */
    private static void assertOnce(Rig rig, ScriptedExecutor executor, RunStep step, boolean stopped) {
        int item = step.item().orElse(StepKey.WHOLE);
        String program = step.run() + "/" + step.name() + "/" + item;
        int succeeded = Optional.ofNullable(executor.succeeded.get(program))
                .map(AtomicInteger::get)
                .orElse(0);
        if (succeeded > 0) {
            assertThat(step.state()).as(program).isIn(StepState.SUCCEEDED, StepState.CANCELLED);
            assertThat(succeeded).as(program).isLessThanOrEqualTo(stopped ? 2 : 1);
        }
        assertThat(rig.orchestrator().attempts(step.run(), step.name()).stream()
                        .filter(attempt -> attempt.item().equals(step.item()))
                        .map(RunAttempt::number)
                        .toList())
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
