package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ci.CiCheck.State;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Fact.PackageBuilt;
import dev.pawl.kernel.Fact.PackageRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that somebody cancels or repeats, and those that an earlier one answers. */
class CiAgainTest {
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

    private CiRun push() {
        return server.ended(project.push(server));
    }

    private Path pid() {
        return folder.resolve("pid");
    }

    /** A command that tells its process and never ends by itself. */
    private String endless() {
        return "echo on its way; echo $$ > %1$s.new; mv %1$s.new %1$s; sleep 10000\n".formatted(pid());
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

    @Test
    void a_build_under_way_is_cancelled_and_the_next_commit_gets_its_place() throws Exception {
        project.write("build.sh", endless());
        project.push(server);
        CiRunId id = underWay();

        assertThat(server.post("/api/ci/" + id + "/cancel")).startsWith("200").contains("CANCELLED");

        assertThat(server.ci.run(id)).satisfies(run -> {
            assertThat(run.state()).isEqualTo(CiState.CANCELLED);
            assertThat(run.because()).hasValue("cancelled by hand");
        });
        awaitDeath();
        project.write("build.sh", "mkdir -p lib && echo built > lib/model.txt\n");
        assertThat(push().state()).isEqualTo(CiState.PASSED);
        assertThat(server.check(id, CiCheck.BUILD).state()).isEqualTo(State.CANCELLED);
        assertThat(server.facts(PackageRefused.class)).isEmpty();
        assertThat(server.post("/api/ci/" + id + "/cancel")).startsWith("409").contains("it is CANCELLED");
    }

    @Test
    void the_runs_that_it_waits_for_are_cancelled_with_it() throws Exception {
        project.write("steps/ingest.sh", endless());
        project.push(server);
        CiRunId id = underWay();

        server.ci.cancel(id);

        awaitDeath();
        var integration = server.ci.run(id).run().orElseThrow();
        assertThat(server.await(
                                "the end of the run",
                                () -> Optional.of(server.orchestrator.run(integration))
                                        .filter(run -> run.state().isOver()))
                        .because())
                .contains("CI run " + id + " was cancelled");
        assertThat(server.states(id))
                .containsEntry(CiCheck.UNIT, State.PASSED)
                .containsEntry(CiCheck.INTEGRATION, State.CANCELLED)
                .containsEntry(CiCheck.CONTRACT, State.CANCELLED);
    }

    @Test
    void what_passed_is_taken_over_and_only_what_failed_is_made_again() {
        Path count = folder.resolve("count");
        Path fixed = folder.resolve("fixed");
        project.write("test.sh", "echo x >> " + count + "\n" + Project.TEST)
                .write("steps/evaluate.sh", "test -e " + fixed + " || exit 7\n" + read("steps/evaluate.sh"));
        CiRun failed = push();
        assertThat(failed.refusedBy()).hasValue(CiCheck.INTEGRATION);
        project.git().write("../fixed", "now");

        assertThat(server.post("/api/ci/" + failed.id() + "/rerun?failed=true")).startsWith("201");
        CiRun again = server.over(server.ci.runs(Optional.empty(), 1).getFirst().id());

        assertThat(again.state())
                .as(() -> server.ci.checks(again.id()).toString())
                .isEqualTo(CiState.PASSED);
        assertThat(again.commit()).isEqualTo(failed.commit());
        assertThat(count).hasContent("x");
        assertThat(server.check(again.id(), CiCheck.UNIT)).satisfies(unit -> {
            assertThat(unit.summary()).contains("2 tests").endsWith("(taken over from " + failed.id() + ")");
            assertThat(unit.evidence())
                    .containsEntry("taken_over_from", failed.id().value());
        });
        assertThat(server.check(again.id(), CiCheck.CONTRACT).evidence()).doesNotContainKey("taken_over_from");
        assertThat(server.facts(PackageBuilt.class)).hasSize(1);
        assertThat(server.ci.packages(Optional.empty(), 1).getFirst().tests().tests())
                .isEqualTo(2);
    }

    @Test
    void a_rerun_makes_everything_again_and_says_of_what() {
        Path count = folder.resolve("count");
        project.write("test.sh", "echo x >> " + count + "\n" + Project.TEST);
        CiRun first = push();

        CiRun again = server.over(server.ci.rerun(first.id(), false).id());

        assertThat(again.state()).isEqualTo(CiState.PASSED);
        assertThat(again.scope().rerunOf()).hasValue(first.id());
        assertThat(count).hasContent("x\nx");
        assertThat(server.post("/api/ci/" + first.id() + "/rerun?failed=true"))
                .startsWith("409")
                .contains("Nothing failed");
    }

    @Test
    void the_same_content_is_answered_from_the_cache_and_it_is_said_so() {
        Path count = folder.resolve("count");
        project.write("test.sh", "echo x >> " + count + "\n" + Project.TEST);
        CiRun first = push();
        project.git().run("commit", "--allow-empty", "-m", "nothing");

        CiRun second = push();

        assertThat(second.commit()).isNotEqualTo(first.commit());
        assertThat(second.state()).isEqualTo(CiState.PASSED);
        assertThat(count).hasContent("x");
        assertThat(second.packageDigest()).isEqualTo(first.packageDigest());
        List<TestHistory.Past> tests =
                server.store.database().read(tx -> new TestStore().tests(tx, second.id(), CiCheck.UNIT));
        assertThat(tests).as("its tests are known to those that come after it").hasSize(2);
        assertThat(server.check(second.id(), CiCheck.INTEGRATION)).satisfies(check -> {
            assertThat(check.summary()).contains("from the cache of " + first.id() + ", same content");
            assertThat(check.evidence()).containsEntry("cached_from", first.id().value());
        });
        assertThat(server.facts(PackageBuilt.class))
                .extracting(PackageBuilt::ciRun)
                .containsExactly(first.id(), second.id());
    }

    @Test
    void what_failed_is_never_answered_from_the_cache() {
        project.write("test.sh", "exit 1\n");
        push();
        project.git().run("commit", "--allow-empty", "-m", "nothing");

        assertThat(server.check(push().id(), CiCheck.UNIT).evidence()).doesNotContainKey("cached_from");
    }

    @Test
    void content_that_failed_since_it_passed_is_not_answered_from_the_cache() {
        Path broken = folder.resolve("broken");
        project.write("test.sh", "test ! -e " + broken + " || exit 1\n" + Project.TEST);
        CiRun passed = push();
        project.git().write("../broken", "now");
        assertThat(server.over(server.ci.rerun(passed.id(), false).id()).state())
                .isEqualTo(CiState.FAILED);
        project.git().run("commit", "--allow-empty", "-m", "nothing");

        assertThat(push().refusedBy()).hasValue(CiCheck.UNIT);
    }

    @Test
    void some_checks_alone_make_no_package() {
        CiRun first = push();

        CiRun only = server.over(server.ci
                .check(first.project(), "main", first.commit(), Scope.only(List.of("unit")))
                .id());

        assertThat(only.state()).isEqualTo(CiState.PASSED);
        assertThat(server.states(only.id())).containsOnlyKeys("checkout", "build", "unit");
        assertThat(server.facts(PackageBuilt.class)).hasSize(1);
    }

    @Test
    void a_check_that_there_is_not_is_told_with_those_that_there_are() {
        CiRun first = push();

        CiRun only = server.over(server.ci
                .check(first.project(), "main", first.commit(), Scope.only(List.of("units")))
                .id());

        assertThat(only.because().orElseThrow()).contains("no check 'units'", "unit", "integration");
    }

    @Test
    void the_log_of_a_command_under_way_can_be_read() {
        project.write("build.sh", endless());
        project.push(server);
        CiRunId id = underWay();

        assertThat(server.get("/api/ci/" + id + "/log/build?from=0")).isEqualTo("200 on its way\n");
        assertThat(server.get("/api/ci/" + id + "/log/build?from=3")).isEqualTo("200 its way\n");
        assertThat(server.get("/api/ci/" + id)).contains("\"lines\":{\"build\":\"on its way\"}");
        server.ci.cancel(id);
    }

    private String read(String file) {
        try {
            return Files.readString(project.git().folder().resolve(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
