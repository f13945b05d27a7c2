package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ci.CiCheck.State;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.PackageBuilt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a project brings itself. */
class OwnChecksTest {
    private static final String BOTH = """
        checks:
            own:
              licences: { run: sh licences.sh, after: build, within: 1m }
              fair: { run: sh fair.sh, within: 1m }
        """;

    private static final String FAIR = """
        set -e
        test "$(cat "$PAWL_PACKAGE/lib/model.txt")" = built
        test ! -e lib                                           # a checkout, not a built one
        test ! -w "$PAWL_PACKAGE/pawl.yaml" || test "$(id -u)" = 0
        grep -q '"rows"' "$PAWL_STEPS/evaluate/evaluate.json"
        grep -q '"evaluate" : "'"$PAWL_STEPS"'/evaluate/evaluate.json"' "$PAWL_CHECK"
        grep -q '"branch" : "main"' "$PAWL_CHECK"
        grep -q '"loss" : 0.5' "$PAWL_CHECK"
        echo '<svg xmlns="http://www.w3.org/2000/svg"/>' > "$(dirname "$PAWL_VERDICT")/rows.svg"
        echo '{ "summary": "3 rows are fair", "evidence": { "plot": "mine" }, "files": ["rows.svg"] }' > "$PAWL_VERDICT"
        """;

    @TempDir
    Path folder;

    private CiServer server;
    private Project project;

    @BeforeEach
    void start() {
        project = Project.in(folder.resolve("copy"));
        server = CiServer.start(folder.resolve("server"));
        project.replace("checks:\n", BOTH)
                .write("licences.sh", "test -e lib/model.txt && echo all are free\n")
                .write("fair.sh", FAIR)
                .write(
                        "steps/evaluate.sh",
                        read("steps/evaluate.sh") + "echo '{\"name\":\"loss\",\"value\":0.5}' >> $PAWL_METRICS\n");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CiRun push() {
        return server.ended(project.push(server));
    }

    private String read(String file) {
        try {
            return Files.readString(project.git().folder().resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void they_see_what_was_built_or_what_the_steps_gave_and_show_what_they_found() {
        CiRun run = push();

        assertThat(run.state()).as(() -> server.ci.checks(run.id()).toString()).isEqualTo(CiState.PASSED);
        assertThat(server.check(run.id(), "own.licences").summary()).isEqualTo("all are free");
        CiCheck fair = server.check(run.id(), "own.fair");
        assertThat(fair.summary()).isEqualTo("3 rows are fair");
        assertThat(fair.evidence())
                .containsEntry("evidence", Map.of("plot", "mine"))
                .containsEntry("exit", 0);
        assertThat(fair.files()).containsOnlyKeys("rows.svg");
        Digest file = fair.files().firstEntry().getValue();
        assertThat(server.store.artifacts().text(file)).startsWith("<svg");
        assertThat(server.get("/api/ci/" + run.id() + "/log/own.licences")).isEqualTo("200 all are free\n");
        assertThat(server.get("/api/ci/" + run.id() + "/report.html"))
                .contains("<img alt=\"own.fair: rows.svg\" src=\"data:image/svg+xml;base64,");
        assertThat(server.get("/api/ci/" + run.id() + "/report.md"))
                .contains("- own.fair: [rows.svg](")
                .contains("/api/artifacts/" + file);
        assertThat(folder.resolve("server/ci/work")).isEmptyDirectory();
    }

    @Test
    void the_same_content_is_answered_from_the_cache() {
        project.write("fair.sh", FAIR + "echo x >> " + folder.resolve("count") + "\n");
        CiRun first = push();
        project.git().run("commit", "--allow-empty", "-m", "nothing");

        CiRun second = push();

        assertThat(server.check(second.id(), "own.fair").summary())
                .isEqualTo("3 rows are fair (from the cache of " + first.id() + ", same content)");
        assertThat(folder.resolve("count")).hasContent("x");
    }

    @Test
    void one_that_fails_after_the_build_turns_the_commit_down_beside_the_tests() {
        project.write("licences.sh", "echo GPL in lib; exit 65\n").write("test.sh", Project.TEST + "exit 3\n");

        CiRun run = push();

        assertThat(run.refusedBy()).hasValue(CiCheck.UNIT);
        assertThat(server.check(run.id(), "own.licences")).satisfies(check -> {
            assertThat(check.state()).isEqualTo(State.FAILED);
            assertThat(check.summary()).isEqualTo("GPL in lib");
            assertThat(check.evidence()).containsEntry("exit", 65);
        });
        assertThat(server.states(run.id())).doesNotContainKeys(CiCheck.PACKAGE, "own.fair");
    }

    @Test
    void one_that_breaks_is_told_with_the_end_of_its_log() {
        project.write("fair.sh", "echo all is well; echo '{\"summary\": \"fair\"}' > $PAWL_VERDICT; kill -9 $$\n");

        CiRun run = push();

        assertThat(run.refusedBy()).hasValue("own.fair");
        assertThat(run.because().orElseThrow())
                .startsWith("The check ended with exit code 137; its last lines:\nall is well");
    }

    @Test
    void a_verdict_that_is_wrong_fails_the_check() {
        project.write("fair.sh", "echo '{ \"sumary\": \"fair\" }' > $PAWL_VERDICT\n");

        CiRun run = push();

        assertThat(run.refusedBy()).hasValue("own.fair");
        assertThat(run.because())
                .hasValue("verdict.json has an unknown key 'sumary'; it may have [evidence, files, summary]");
    }

    @Test
    void without_an_integration_run_that_succeeded_it_is_not_made() {
        project.write("steps/evaluate.sh", "exit 1\n");

        CiRun run = push();

        assertThat(run.refusedBy()).hasValue(CiCheck.INTEGRATION);
        assertThat(server.check(run.id(), "own.fair").summary())
                .isEqualTo("not made: the integration run did not succeed");
    }

    @Test
    void one_that_hangs_is_ended_when_its_time_is_up() {
        project.replace("checks:\n", BOTH.replace("fair.sh, within: 1m", "fair.sh, within: 1s"))
                .write("fair.sh", "sleep 1000\n");

        assertThat(push().because().orElseThrow())
                .startsWith("The check took longer than 1.0 s and was ended; ci.checks.own.fair.within in pawl.yaml");
    }

    @Test
    void some_alone_are_made_with_what_they_need() {
        CiRun first = push();
        var only = Scope.only(List.of("own.licences"));
        CiRun built = server.over(
                server.ci.check(first.project(), "main", first.commit(), only).id());
        var fair = Scope.only(List.of("own.fair"));
        CiRun run = server.over(
                server.ci.check(first.project(), "main", first.commit(), fair).id());

        assertThat(server.states(built.id())).containsOnlyKeys("checkout", "build", "own.licences");
        assertThat(server.states(run.id()))
                .containsOnlyKeys("checkout", "build", "definition", "package", "integration", "own.fair")
                .containsEntry("own.fair", State.PASSED);
    }

    @Test
    void of_those_that_failed_only_these_are_made_again() {
        Path count = folder.resolve("count");
        Path fixed = folder.resolve("fixed");
        project.write("licences.sh", "echo x >> " + count + "\n").write("fair.sh", "test -e " + fixed + "\n");
        CiRun failed = push();
        assertThat(failed.refusedBy()).hasValue("own.fair");
        project.git().write("../fixed", "now");

        CiRun again = server.over(server.ci.rerun(failed.id(), true).id());

        assertThat(again.state()).isEqualTo(CiState.PASSED);
        assertThat(count).hasContent("x");
        assertThat(server.check(again.id(), "own.licences").summary())
                .endsWith("(taken over from " + failed.id() + ")");
        assertThat(server.check(again.id(), CiCheck.INTEGRATION).evidence()).doesNotContainKey("taken_over_from");
    }

    /** Tells its process, and never ends by itself unless somebody has made the second file. */
    private String endless() {
        return "echo on its way; test -e %2$s || { echo $$ > %1$s.new; mv %1$s.new %1$s; sleep 10000; }\n"
                .formatted(folder.resolve("pid"), folder.resolve("go"));
    }

    private long underWay() throws IOException {
        Path pid = folder.resolve("pid");
        server.await("the command", () -> Files.exists(pid) ? Optional.of(true) : Optional.empty());
        return Long.parseLong(Files.readString(pid).strip());
    }

    private void awaitDeath(long process) {
        server.await(
                "the end of process " + process,
                () -> ProcessHandle.of(process).filter(ProcessHandle::isAlive).isPresent()
                        ? Optional.empty()
                        : Optional.of(true));
    }

    @Test
    void one_under_way_is_ended_with_its_cancelled_run() throws IOException {
        project.write("fair.sh", endless());
        project.push(server);
        long process = underWay();
        CiRunId id = server.ci.runs(Optional.empty(), 1).getFirst().id();
        assertThat(server.get("/api/ci/" + id)).contains("\"own.fair\":\"on its way\"");

        server.ci.cancel(id);

        awaitDeath(process);
        assertThat(server.check(id, "own.fair").state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void one_that_was_cut_short_is_made_again_and_gives_one_verdict() throws IOException {
        project.write("fair.sh", endless());
        String commit = project.push(server);
        long process = underWay();
        server.close();
        project.git().write("../go", "on");

        server = CiServer.start(folder.resolve("server"));

        awaitDeath(process);
        assertThat(server.ended(commit).state()).isEqualTo(CiState.PASSED);
        assertThat(server.facts(PackageBuilt.class)).hasSize(1);
        assertThat(folder.resolve("server/ci/work")).isEmptyDirectory();
    }
}
