package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.experiment.Experiments.Prepared;
import dev.pawl.experiment.Variation;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeAndCancelTest {
    @TempDir
    Path folder;

    private String project() {
        return folder.toString();
    }

    private void write(String second) throws IOException {
        Files.writeString(folder.resolve("pawl.yaml"), """
            project: fragile
            pipeline:
              steps:
                first: { run: 'echo 1 > "$PAWL_OUTPUTS/one"', outputs: { one: file }, cache: false }
                second: { run: '%s', inputs: { one: first }, outputs: { two: file }, cache: false }
            """.formatted(second));
    }

    @Test
    void a_run_that_failed_goes_on_from_where_it_failed() throws IOException {
        Path door = folder.resolve("door");
        write("cat \"%s\" > \"$PAWL_OUTPUTS/two\"".formatted(door));
        String failed = json(1, "run", "--project", project()).path("run").stringValue();
        Files.writeString(door, "open");

        assertThat(pawl(0, "resume", failed, "--project", project())).contains("first", "second", "succeeded");

        var runs = json(0, "runs", "--project", project());
        assertThat(runs.size()).isEqualTo(2);
        String resumed = runs.get(0).path("run").stringValue();
        var shown = json(0, "show", resumed, "--project", project());
        assertThat(shown.at("/steps/0/state").stringValue()).isEqualTo("CACHED");
        assertThat(shown.at("/steps/0/cached_from").stringValue()).isEqualTo(failed);
        assertThat(pawl(2, "resume", resumed, "--project", project())).contains("only one that failed");
        assertThat(pawl(2, "resume", "run-0", "--project", project()))
                .contains("Several runs begin with run-0", failed);
        assertThat(pawl(2, "resume", "run-z", "--project", project()))
                .contains("There is no run run-z in " + folder, "--server URL");
    }

    @Test
    void a_run_of_another_process_is_cancelled_with_its_programs() throws Exception {
        Path pid = folder.resolve("pid");
        write("echo $$ > \"%s\"; sleep 600".formatted(pid));
        var running = CompletableFuture.supplyAsync(() -> pawl(1, "run", "--project", project()));
        String run = awaitMark(pid);

        assertThat(pawl(0, "cancel", run, "--project", project())).contains("cancelled", run.substring(0, 15));

        assertThat(running.get(60, TimeUnit.SECONDS)).contains("CANCELLED", "by hand");
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
                .isEmpty();
        assertThat(pawl(2, "cancel", run, "--project", project())).contains("is CANCELLED already");
    }

    @Test
    void a_run_that_nobody_has_any_more_is_cancelled_too() throws Exception {
        RunId run = interrupted("sleep 600");

        assertThat(pawl(0, "cancel", run.value(), "--project", project())).contains("cancelled");
    }

    @Test
    void a_run_whose_process_is_gone_is_told_as_interrupted_and_resumed_by_the_beginning_of_its_id() throws Exception {
        Path door = folder.resolve("door");
        RunId run = interrupted("test -e %s || sleep 600; echo 2 > \"$PAWL_OUTPUTS/two\"".formatted(door));

        assertThat(pawl(0, "runs", "--project", project())).contains(run.brief() + " ", "interrupted");
        assertThat(pawl(0, "graph", run.brief(), "--project", project())).contains("interrupted", "'pawl resume");
        assertThat(pawl(0, "show", run.brief(), "--project", project())).contains("its process is gone", "INTERRUPTED");
        assertThat(json(0, "runs", "--where", "state == 'Interrupted'", "--project", project())
                        .get(0)
                        .path("run")
                        .stringValue())
                .isEqualTo(run.value());

        Files.writeString(door, "open");
        assertThat(json(0, "resume", run.value().substring(0, 14), "--project", project())
                        .path("run")
                        .stringValue())
                .isEqualTo(run.value());
        assertThat(json(0, "runs", "--project", project())).hasSize(1);
    }

    @Test
    void the_next_run_says_that_it_takes_up_an_interrupted_one() throws Exception {
        RunId run = interrupted("test -e door || sleep 600; echo 2 > \"$PAWL_OUTPUTS/two\"");
        write("echo 3 > \"$PAWL_OUTPUTS/two\"");

        assertThat(pawl(0, "run", "--project", project()))
                .contains("pawl: takes up 1 run that an earlier process left", "'pawl resume " + run.brief() + "'");
    }

    /** One whose second step was under way when its process went. */
    private RunId interrupted(String second) throws Exception {
        Path pid = folder.resolve("pid");
        write("echo $$ > \"%s\"; %s".formatted(pid, second));
        try (Laboratory laboratory = Laboratory.open(folder.resolve(".pawl"), Places.inDefaultPool(2))) {
            Prepared prepared = laboratory.prepare(folder, false, Variation.NONE);
            RunId run = laboratory.experiments().start(prepared, Clock.system().now(), Optional.empty());
            awaitMark(pid);
            return run;
        }
    }

    /** Waits for the second step of the only run. */
    private String awaitMark(Path mark) {
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(mark) && Files.size(mark) > 0);
        try (Notebook notebook = Notebook.open(folder)) {
            return notebook.run(Optional.empty()).value();
        }
    }
}
