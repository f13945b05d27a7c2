package dev.pawl.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.MetricPoint;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs from a working copy, with the real orchestrator and the real git. */
class ExperimentsTest {
    private static final Instant AS_OF = Instant.parse("1969-01-10T00:00:00Z");

    private Laboratory laboratory;

    @BeforeEach
    void open(@TempDir Path folder) {
        laboratory = new Laboratory(folder);
    }

    @AfterEach
    void close() {
        laboratory.close();
    }

    @Test
    void a_run_from_a_working_copy_succeeds_and_keeps_its_metrics_and_outputs() throws InterruptedException {
        Run run = run(Optional.empty());

        assertThat(run.state()).as(run.because()).isEqualTo(RunState.SUCCEEDED);
        assertThat(count(run)).isEqualTo("4");
        assertThat(laboratory.orchestrator().metrics(run.spec().id()))
                .extracting(MetricPoint::name, MetricPoint::value)
                .containsExactly(tuple("rows", 4.0));
        assertThat(laboratory.experiments().get(run.spec().id()).folder())
                .isEqualTo(laboratory.copy().toString());
    }

    @Test
    void a_sample_shows_the_first_rows_only() throws InterruptedException {
        assertThat(count(run(Optional.of(2)))).isEqualTo("3");
    }

    @Test
    void a_clean_working_copy_is_its_commit_without_changes() throws InterruptedException {
        String commit = Git.init(laboratory.copy()).commit();

        assertThat(state().commit().orElseThrow().value()).isEqualTo(commit);
        assertThat(state().changes()).isEmpty();
    }

    @Test
    void a_working_copy_that_ignores_the_folder_of_runs_is_known_as_well() throws InterruptedException {
        laboratory.write(".gitignore", "built.txt\n.pawl/\n");
        String commit = Git.init(laboratory.copy()).commit();
        laboratory.write(".pawl/ledger", "this is Pawl's own\n");

        assertThat(state().commit().orElseThrow().value()).isEqualTo(commit);
        assertThat(state().changes()).isEmpty();
    }

    @Test
    void the_patch_on_the_commit_gives_what_ran_new_files_included(@TempDir Path elsewhere)
            throws IOException, InterruptedException {
        Git git = Git.init(laboratory.copy());
        git.commit();
        laboratory.write("count.sh", "echo 7 > \"$PAWL_OUTPUTS/count\"\n").write("notes/idea.txt", "seven\n");
        laboratory.write(".pawl/ledger", "this is Pawl's own\n");

        Digest changes = state().changes().orElseThrow();

        Path patch = Files.writeString(
                elsewhere.resolve("patch"), laboratory.store().artifacts().text(changes));
        Git fresh = git.cloneTo(elsewhere.resolve("fresh"));
        fresh.run("apply", patch.toString());
        assertThat(fresh.folder().resolve("count.sh")).content().startsWith("echo 7");
        assertThat(fresh.folder().resolve("notes/idea.txt")).content().isEqualTo("seven\n");
        assertThat(fresh.status().lines()).containsExactlyInAnyOrder(" M count.sh", "?? notes/");
    }

    @Test
    void a_project_that_ignores_the_folder_of_pawl_has_a_commit_and_changes_as_well() throws InterruptedException {
        laboratory.write(".gitignore", "built.txt\n.pawl/\n");
        String commit = Git.init(laboratory.copy()).commit();
        laboratory.write(".pawl/ledger", "this is Pawl's own\n").write("idea.txt", "seven\n");

        assertThat(state().commit().orElseThrow().value()).isEqualTo(commit);
        assertThat(laboratory.store().artifacts().text(state().changes().orElseThrow()))
                .contains("+seven")
                .doesNotContain("Pawl's own");
    }

    @Test
    void looking_at_the_changes_leaves_the_users_own_index_and_objects_alone()
            throws IOException, InterruptedException {
        Git git = Git.init(laboratory.copy());
        git.commit();
        laboratory.write("staged.txt", "half a thought\n");
        git.run("add", "staged.txt");
        laboratory.write("staged.txt", "a whole thought\n").write("untracked.txt", "none\n");
        String status = git.status();
        String objects = git.run("count-objects");
        byte[] index = index();

        Digest changes = state().changes().orElseThrow();

        assertThat(index()).isEqualTo(index);
        assertThat(git.run("count-objects")).isEqualTo(objects);
        assertThat(git.status()).isEqualTo(status).contains("AM staged.txt", "?? untracked.txt");
        assertThat(laboratory.store().artifacts().text(changes)).contains("+a whole thought", "+none");
    }

    @Test
    void outside_of_git_and_before_the_first_commit_the_state_is_unknown() throws InterruptedException {
        assertThat(state()).isEqualTo(SourceState.UNKNOWN);
        Git.init(laboratory.copy());
        assertThat(state()).isEqualTo(SourceState.UNKNOWN);
    }

    @Test
    void the_source_is_kept_with_the_run_newest_first() throws InterruptedException {
        String commit = Git.init(laboratory.copy()).commit();
        RunId before = laboratory.experiments().start(laboratory.prepare(), AS_OF, Optional.empty());
        laboratory.write("idea.txt", "new\n");
        RunId after = laboratory.experiments().start(laboratory.prepare(), AS_OF, Optional.empty());

        assertThat(laboratory.experiments().newest(10))
                .extracting(Experiment::run)
                .containsExactly(after, before);
        assertThat(laboratory.experiments().get(before).source().changes()).isEmpty();
        SourceState source = laboratory.experiments().get(after).source();
        assertThat(source.commit().orElseThrow().value()).isEqualTo(commit);
        assertThat(source.changes()).isPresent();
    }

    @Test
    void a_build_that_fails_tells_its_last_lines() {
        laboratory.write("build.sh", "echo compiling; echo 'Births.java:7: no such column'; exit 3\n");

        assertThatExceptionOfType(PawlException.class)
                .isThrownBy(laboratory::prepare)
                .withMessageContainingAll("sh build.sh", "exit code 3", "Births.java:7: no such column")
                .extracting(PawlException::code)
                .isEqualTo("build-failed");
        assertThat(laboratory.buildLog()).content().contains("compiling");
    }

    @Test
    void without_a_build_the_working_copy_runs_as_it_is() throws InterruptedException {
        laboratory.write("build.sh", "exit 1\n").write("built.txt", "by hand\n");

        var prepared = laboratory.experiments().prepare(laboratory.copy(), false, laboratory.buildLog());

        Run run = laboratory.awaitEnd(laboratory.experiments().start(prepared, AS_OF, Optional.empty()));
        assertThat(run.state()).as(run.because()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void what_is_no_run_of_this_folder_is_not_found() {
        assertThatExceptionOfType(PawlException.class)
                .isThrownBy(() -> laboratory.experiments().get(new RunId("run-unknown")))
                .withMessageContainingAll("run-unknown", "pawl runs");
    }

    private Run run(Optional<Integer> sample) throws InterruptedException {
        return laboratory.awaitEnd(laboratory.experiments().start(laboratory.prepare(), AS_OF, sample));
    }

    private SourceState state() throws InterruptedException {
        return laboratory.prepare().source();
    }

    private byte[] index() throws IOException {
        return Files.readAllBytes(laboratory.copy().resolve(".git/index"));
    }

    private String count(Run run) {
        Digest output = Optional.ofNullable(laboratory
                        .orchestrator()
                        .steps(run.spec().id())
                        .getFirst()
                        .outputs()
                        .get("count"))
                .orElseThrow();
        return laboratory.store().artifacts().text(output).strip();
    }
}
