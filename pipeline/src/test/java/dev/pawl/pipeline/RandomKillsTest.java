package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Folders;
import dev.pawl.executor.Image;
import dev.pawl.executor.TestExecutors;
import dev.pawl.executor.TestImage;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Prey.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers, processes, containers and their server are killed at random moments. Replay with {@code -Dkills.seed=SEED}; {@code
 * -Dkills=N} kills so many.
 */
class RandomKillsTest {
    private static final int KILLS = Integer.getInteger("kills", 5);
    private static final int RUNS = 3;
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK = Duration.ofMillis(10);

    @TempDir
    Path folder;

    private static Image image = new Image("sha256:" + "0".repeat(64), false);

    private final long seed = Long.getLong("kills.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final List<String> history = new ArrayList<>();
    private final List<RunId> runs = new ArrayList<>();

    @BeforeAll
    static void image(@TempDir Path folder) throws Exception {
        image = TestImage.make(folder);
    }

    @Test
    void whatever_is_killed_whenever_every_run_ends_as_it_should_and_nothing_is_left() throws Exception {
        Folders.make(folder.resolve("marks"));
        FireServer server = FireServer.start(folder, image);
        try {
            int kills = 0;
            while (kills < KILLS) {
                server = submit(server);
                int round = Math.min(KILLS - kills, 1 + random.nextInt(3));
                for (int i = 0; i < round; i++) {
                    server = kill(server);
                }
                kills += round;
                awaitEnds(server);
            }
            server.process().getOutputStream().close();
            assertThat(server.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertNothingIsLeft();
            assertEndsAreRight();
            System.out.println("by seed " + seed + ": " + history);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "replay with -Dkills.seed=%d -Dkills=%d; killed: %s%n%s"
                            .formatted(seed, KILLS, history, Files.readString(folder.resolve("server.log"))),
                    e);
        } finally {
            server.process().destroyForcibly();
        }
    }

    /** Whoever is not answered asks again, and whoever is answered may be asked again: that is one run and not two. */
    private FireServer submit(FireServer first) throws IOException, InterruptedException {
        FireServer server = first;
        for (int i = 0; i < RUNS; i++) {
            RunId id = Ids.system().next("run", RunId::new);
            String question = "run " + id + " " + runs.size();
            if (random.nextInt(6) == 0) {
                history.add("SERVER while it was asked");
                Thread.ofVirtual().start(server.process()::destroyForcibly);
                server.ask(question);
                server = restarted(server);
            }
            assertThat(server.ask(question)).contains(id.value());
            runs.add(id);
        }
        return server;
    }

    private FireServer kill(FireServer server) throws IOException, InterruptedException {
        Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        int millis = random.nextInt(900);
        int which = random.nextInt(1_000);
        assertThat(server.process().waitFor(millis, TimeUnit.MILLISECONDS))
                .as("the server ended by itself")
                .isFalse();
        history.add(kind + " after " + millis + " ms");
        if (kind == Kind.SERVER) {
            return restarted(server);
        }
        List<ProcessHandle> prey = new ArrayList<>();
        await().atMost(PATIENCE).pollInterval(LOOK).until(() -> {
            prey.addAll(new Prey(folder.resolve("work")).of(kind));
            return !prey.isEmpty() || open(server) == 0;
        });
        if (!prey.isEmpty()) {
            prey.get(which % prey.size()).destroyForcibly();
        }
        return server;
    }

    private FireServer restarted(FireServer server) throws IOException, InterruptedException {
        server.process().destroyForcibly().waitFor();
        return FireServer.start(folder, image);
    }

    private static long open(FireServer server) {
        return Long.parseLong(server.ask("open").orElseThrow());
    }

    /** At rest there is no scratch folder and no process of a step, but workers wait for more. */
    private void awaitEnds(FireServer server) {
        Prey prey = new Prey(folder.resolve("work"));
        await().atMost(PATIENCE).pollInterval(LOOK).until(() -> open(server) == 0);
        await().atMost(PATIENCE)
                .pollInterval(LOOK)
                .until(() -> prey.of(Kind.PROCESS).isEmpty()
                        && prey.of(Kind.CONTAINER).isEmpty()
                        && Folders.entries(folder.resolve("work/scratch")).isEmpty());
    }

    private void assertNothingIsLeft() throws InterruptedException {
        assertThat(new Prey(folder.resolve("work")).all()).isEmpty();
        assertThat(TestExecutors.containers(folder.resolve("work"))).isEmpty();
        assertThat(Folders.entries(folder.resolve("work/scratch"))).isEmpty();
        assertThat(Folders.entries(folder.resolve("work/workers"))).isEmpty();
        assertThat(Folders.entries(folder.resolve("artifacts/aside"))).isEmpty();
    }

    private void assertEndsAreRight() {
        assertThat(folder.resolve("marks/not-alone")).doesNotExist();
        try (Rig rig = Rig.in(folder)) {
            assertThat(rig.finished()).extracting(end -> end.runId()).containsExactlyInAnyOrderElementsOf(runs);
            assertThat(rig.openRows()).isZero();
            assertThat(rig.leases()).isZero();
            for (int i = 0; i < runs.size(); i++) {
                assertEndIsRight(rig, runs.get(i), i);
            }
        }
    }

    private void assertEndIsRight(Rig rig, RunId id, int run) {
        for (RunStep step : rig.orchestrator().steps(id)) {
            List<RunAttempt> attempts = rig.orchestrator().attempts(id, step.name());
            String name = step.name().value();
            assertThat(attempts.stream().filter(attempt -> attempt.state().equals("SUCCEEDED")))
                    .as(name)
                    .hasSize(step.state() == StepState.SUCCEEDED ? 1 : 0);
            assertThat(attempts).extracting(RunAttempt::number).doesNotHaveDuplicates();
            assertThat(rig.count("begun-" + name + "-" + run))
                    .as("%s began no more often than its rows say", name)
                    .isLessThanOrEqualTo(attempts.size());
            assertThat(step.outputs().values()).allMatch(rig.store().artifacts()::has);
        }
        RunState right = FireServer.fails(run) ? RunState.FAILED : RunState.SUCCEEDED;
        assertThat(rig.orchestrator().run(id).state())
                .as(rig.orchestrator().run(id).because())
                .isEqualTo(right);
        if (right == RunState.SUCCEEDED) {
            assertThat(rig.output(id, "last")).isEqualTo("%1$d java%n%1$d process%n%1$d container%n".formatted(run));
        }
    }
}
