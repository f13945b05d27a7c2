package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Sweeps of a real project in real processes, peaceful and not. */
@Timeout(180)
class SweepCommandTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Trials at the same time: a machine with one processor has one place for steps. */
    private static final int PARALLEL = Math.min(2, Runtime.getRuntime().availableProcessors());

    @TempDir
    Path temporary;

    @Test
    void a_sweep_tells_of_each_trial_and_ends_with_the_best() throws IOException {
        TunedProject project = TunedProject.in(temporary);
        String told = pawl(0, project, "sweep", "line");
        assertThat(told).contains("begins: 8 trials", "8/8 trial ", "score.loss min", "best        score.x = ");
        assertThat(project.begun()).isEqualTo(8);

        JsonNode listed = Json.tree(pawl(0, project, "sweeps", "--json")).get(0);
        assertThat(listed.path("state").stringValue()).isEqualTo("ENDED");
        assertThat(listed.path("trials").size()).isEqualTo(8);
        String id = listed.path("sweep").stringValue();
        assertThat(pawl(0, project, "sweeps")).contains(id, "8 of 8 trials", "best ");
        assertThat(pawl(0, project, "sweeps", id)).contains("best        score.x = ");
        String run = listed.at("/best/run").stringValue();
        assertThat(pawl(0, project, "show", run)).contains("score.x = " + listed.at("/best/parameters/score.x"));

        String again = pawl(0, project, "sweep", "line", "--json");
        assertThat(Json.tree(again).at("/best/value")).isEqualTo(listed.at("/best/value"));
        assertThat(project.begun()).as("equal values come from the cache").isEqualTo(8);
    }

    @Test
    void early_stopping_runs_the_best_on_more_rows() throws IOException {
        TunedProject project = TunedProject.in(temporary);
        JsonNode sweep = Json.tree(pawl(0, project, "sweep", "rounds", "--json"));
        assertThat(sweep.path("rounds")).isEqualTo(Json.tree("[4,2,1]"));
        assertThat(sweep.path("trials").size()).isEqualTo(7);
        assertThat(sweep.at("/best/round").intValue()).isEqualTo(2);
        assertThat(project.rows()).as("rows with the header").contains("3", "5", "9");
    }

    @Test
    void a_killed_sweep_goes_on_and_no_trial_is_lost_or_doubled() throws Exception {
        TunedProject project = TunedProject.in(temporary).mark("hold");
        Process sweep = start(project);
        awaitBegun(project, 3 + PARALLEL, sweep);
        sweep.destroyForcibly().waitFor();
        project.mark("go");

        assertThat(pawl(0, project, "sweep", "line")).contains("goes on: 3 of 8 trials have ended");
        assertEachTrialOnce(project);
        assertThat(project.begun()).as("those that were under way began twice").isEqualTo(8 + PARALLEL);
    }

    @Test
    void a_sweep_that_is_told_to_end_does_so_and_goes_on_later() throws Exception {
        TunedProject project = TunedProject.in(temporary).mark("hold");
        Process sweep = start(project);
        awaitBegun(project, 3 + PARALLEL, sweep);
        sweep.destroy(); // as Ctrl-C, but it also reaches a process that was started in the background
        assertThat(sweep.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(temporary.resolve("output"))).contains("is stopped: 'pawl sweep line' goes on");
        assertThat(pawl(0, project, "sweeps")).contains("STOPPED", "3 of 8 trials");

        project.mark("go");
        assertThat(pawl(0, project, "sweep", "line")).contains("goes on: 3 of 8 trials have ended");
        assertEachTrialOnce(project);
    }

    @Test
    void what_cannot_be_done_is_said() throws IOException {
        TunedProject project = TunedProject.in(temporary);
        assertThat(pawl(2, project, "sweep", "lines")).contains("no sweep 'lines'", "line, rounds");
        assertThat(pawl(2, project, "sweep", "line", "--trials", "0")).contains("1 to 10000");
        assertThat(pawl(2, project, "sweeps", "sweep-unknown")).contains("no sweep sweep-unknown");
    }

    private static void assertEachTrialOnce(TunedProject project) {
        JsonNode sweeps = Json.tree(pawl(0, project, "sweeps", "--json"));
        assertThat(sweeps.size()).isEqualTo(1);
        assertThat(sweeps.get(0).path("state").stringValue()).isEqualTo("ENDED");
        assertThat(sweeps.get(0)
                        .path("trials")
                        .valueStream()
                        .map(trial -> trial.path("number").intValue()))
                .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(sweeps.get(0).path("trials").valueStream())
                .allSatisfy(trial -> assertThat(trial.path("value").isNumber()).isTrue());
    }

    private Process start(TunedProject project) throws IOException {
        return new ProcessBuilder(OwnJvm.command(
                        List.of("sweep", "line", "--project", project.folder().toString())))
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("output").toFile())
                .start();
    }

    private void awaitBegun(TunedProject project, int count, Process sweep) throws Exception {
        Clock clock = Clock.system();
        var latest = clock.now().plus(PATIENCE);
        while (project.begun() < count) {
            assertThat(sweep.isAlive() && clock.now().isBefore(latest))
                    .as(Files.readString(temporary.resolve("output")))
                    .isTrue();
            clock.sleep(Duration.ofMillis(20));
        }
    }

    private static String pawl(int exit, TunedProject project, String command, String... arguments) {
        return new PawlCommand(project.folder()).exits(exit, command, arguments);
    }
}
