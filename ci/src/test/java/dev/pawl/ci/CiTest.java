package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ci.CiCheck.State;
import dev.pawl.kernel.Fact.PackageBuilt;
import dev.pawl.kernel.Fact.PackageRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CiTest {
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

    private List<String> packaged(CiPackage built) throws IOException {
        Path target = folder.resolve("package-" + built.ciRun());
        server.store.artifacts().writeFolderTo(built.digest(), target);
        try (Stream<Path> walk = Files.walk(target)) {
            return walk.filter(Files::isRegularFile)
                    .map(file -> target.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void a_good_commit_becomes_a_package() throws Exception {
        CiRun run = push();

        assertThat(run.state()).as(() -> server.ci.checks(run.id()).toString()).isEqualTo(CiState.PASSED);
        assertThat(server.ci.checks(run.id()))
                .extracting(CiCheck::name)
                .containsExactly("checkout", "build", "unit", "definition", "package", "contract", "integration");
        assertThat(server.states(run.id()))
                .allSatisfy((_, state) -> assertThat(state).isEqualTo(State.PASSED));
        CiPackage built = server.ci.packageOf(run.packageDigest().orElseThrow());
        assertThat(packaged(built))
                .containsExactly(
                        "data/births.csv", "lib/model.txt", "pawl.yaml", "steps/evaluate.sh", "steps/ingest.sh");
        assertThat(built.tests()).isEqualTo(new TestCounts(2, 0, 0, 0, 0.1 + 0.2));
        assertThat(built.requirements().get("prod")).hasFieldOrPropertyWithValue("java", 21);
        assertThat(server.facts(PackageBuilt.class))
                .containsExactly(new PackageBuilt(
                        run.project(), "main", run.commit(), run.id(), built.digest(), built.definition()));
    }

    @Test
    void a_pipeline_class_becomes_a_package() throws Exception {
        project.inJava();

        CiRun run = push();

        assertThat(run.state()).as(() -> server.ci.checks(run.id()).toString()).isEqualTo(CiState.PASSED);
        assertThat(packaged(server.ci.packageOf(run.packageDigest().orElseThrow())))
                .containsExactly("data/births.csv", "lib/births.jar", "lib/sdk.jar", "pawl.yaml");
    }

    @Test
    void a_pipeline_class_that_is_wrong_is_told_in_its_own_words() {
        project.inJava().write("src/births/Births.java", """
            package births;
            import dev.pawl.sdk.*;
            public final class Births {
                @Step public Table features(Table nothing) { return nothing; }
            }
            """);

        assertRefused(push(), CiCheck.DEFINITION, "births.Births", "nothing");
    }

    @Test
    void the_integration_run_sees_a_sample_of_the_data() {
        CiRun run = push();

        var report = server.orchestrator
                .steps(run.run().orElseThrow())
                .getLast()
                .outputs()
                .get("evaluate");
        assertThat(report).isNotNull();
        assertThat(server.store.artifacts().text(java.util.Objects.requireNonNull(report)))
                .contains("\"rows\": 3");
    }

    @Test
    void equal_content_gives_an_equal_package_whatever_else_changed() {
        CiRun first = push();
        project.write("README.md", "births, better\n");
        CiRun second = push();

        assertThat(second.packageDigest()).isPresent().isEqualTo(first.packageDigest());
        assertThat(server.ci.packageOf(second.packageDigest().orElseThrow()).ciRun())
                .isEqualTo(first.id());
        assertThat(server.ci.packages(Optional.of(first.project()), 10)).hasSize(2);
    }

    private void assertRefused(CiRun run, String check, String... because) {
        assertThat(run.state()).isEqualTo(CiState.FAILED);
        assertThat(run.refusedBy()).hasValue(check);
        assertThat(run.because().orElseThrow()).contains(because);
        assertThat(server.check(run.id(), check).state()).isEqualTo(State.FAILED);
        assertThat(server.facts(PackageRefused.class)).singleElement().satisfies(fact -> {
            assertThat(fact.ciRun()).isEqualTo(run.id());
            assertThat(fact.check()).isEqualTo(check);
            assertThat(fact.because()).contains(because);
        });
        assertThat(server.facts(PackageBuilt.class)).isEmpty();
    }

    @Test
    void a_broken_pawl_yaml_is_told_with_file_and_line() {
        project.replace("time: date", "tiem: date");

        assertRefused(push(), CiCheck.DEFINITION, "pawl.yaml:13", "tiem");
    }

    @Test
    void a_project_of_another_name_is_refused() {
        project.replace("project: births", "project: deaths");

        assertRefused(push(), CiCheck.DEFINITION, "names the project 'deaths'", "repository 'births'");
    }

    @Test
    void a_failing_build_is_told_with_its_last_lines() {
        project.write("build.sh", "echo compiling; echo 'Births.java:7: error: no such thing'; exit 3\n");

        CiRun run = push();

        assertRefused(run, CiCheck.BUILD, "exit code 3", "Births.java:7: error: no such thing");
        assertThat(server.ci.log(run.id(), CiCheck.BUILD)).startsWith("compiling\n");
        assertThat(server.states(run.id())).doesNotContainKey(CiCheck.UNIT);
    }

    @Test
    void a_build_that_takes_too_long_is_ended() {
        project.replace("within: 1m\n  package", "within: 1s\n  package").write("build.sh", "sleep 100\n");

        assertRefused(push(), CiCheck.BUILD, "took longer than 1.0 s and was ended", "ci.within");
    }

    @Test
    void a_build_sees_a_stated_environment_only() {
        project.write("build.sh", "mkdir lib; env | cut -d= -f1 > lib/model.txt; cat lib/model.txt; echo $JAVA_HOME\n");

        CiRun run = push();

        assertThat(server.ci.log(run.id(), CiCheck.BUILD).lines())
                .contains("PATH", "HOME", "JAVA_HOME", "LANG", System.getProperty("java.home"))
                .doesNotContain("USER", "SHELL", "MAVEN_CMD_LINE_ARGS");
    }

    @Test
    void a_failing_test_is_named() {
        project.write("test.sh", """
            mkdir -p reports
            echo '<testsuite><testcase classname="births.LagTest" name="lags_are_14_days">
            <failure message="expected 14 but was 13"/></testcase><testcase name="other"/></testsuite>' > reports/a.xml
            exit 1
            """);

        CiRun run = push();

        assertRefused(
                run, CiCheck.UNIT, "2 tests, 1 failed", "births.LagTest.lags_are_14_days: expected 14 but was 13");
        assertThat(server.check(run.id(), CiCheck.UNIT).evidence()).containsKeys("counts", "tests");
    }

    @Test
    void a_failing_test_is_enough_even_if_the_command_says_all_is_well() {
        project.write("test.sh", """
            mkdir -p reports
            echo '<testsuite><testcase name="a"><error message="boom"/></testcase></testsuite>' > reports/a.xml
            """);

        assertRefused(push(), CiCheck.UNIT, "a: boom");
    }

    @Test
    void tests_without_a_report_or_without_a_test_prove_nothing() {
        project.write("test.sh", "true\n").write("reports/old.xml", "<testsuite><testcase name='a'/></testsuite>");
        CiRun none = push();
        project.write("test.sh", "echo '<testsuite/>' > reports/new.xml\n");
        CiRun empty = push();

        assertThat(none.because().orElseThrow()).contains("wrote no JUnit XML file to reports");
        assertThat(empty.because().orElseThrow()).contains("No test ran");
    }

    @Test
    void tests_that_fail_without_a_failed_test_fail() {
        project.write(
                "test.sh",
                "mkdir -p reports; echo '<testsuite><testcase name=\"a\"/></testsuite>' > reports/a.xml; "
                        + "echo out of memory; exit 137\n");

        assertRefused(push(), CiCheck.UNIT, "exit code 137", "out of memory", "show no failed test");
    }

    @Test
    void a_commit_without_declared_checks_is_refused() {
        project.replace("    integration: { sample: 3, within: 1m }\n", "");

        assertRefused(push(), CiCheck.INTEGRATION, "No integration check is declared", "integration: { sample:");
    }

    @Test
    void a_file_that_the_build_did_not_make_is_missed() {
        project.write("build.sh", "true\n");

        assertRefused(push(), CiCheck.PACKAGE, "lib/model.txt");
    }

    @Test
    void a_link_in_the_package_is_refused() {
        project.write("build.sh", "mkdir lib; ln -s /etc/passwd lib/model.txt\n");

        assertRefused(push(), CiCheck.PACKAGE, "lib/model.txt");
    }

    @Test
    void a_step_that_writes_no_output_fails_the_contract() {
        project.write("steps/evaluate.sh", "true\n");

        CiRun run = push();

        assertThat(run.state()).isEqualTo(CiState.FAILED);
        assertThat(server.check(run.id(), CiCheck.CONTRACT)).satisfies(check -> {
            assertThat(check.state()).isEqualTo(State.FAILED);
            assertThat(check.summary()).contains("not produced: evaluate.evaluate");
        });
        assertThat(run.because().orElseThrow()).contains("evaluate");
    }

    @Test
    void an_integration_run_that_takes_too_long_is_ended() {
        project.replace("sample: 3, within: 1m", "sample: 3, within: 1s").write("steps/ingest.sh", "sleep 100\n");

        assertRefused(push(), CiCheck.INTEGRATION, "took longer than 1.0 s", "ci.checks.integration.within");
    }

    @Test
    void nothing_is_left_of_a_checkout() {
        push();

        assertThat(folder.resolve("server/ci/work")).isEmptyDirectory();
    }

    @Test
    void the_api_tells_it_all() {
        CiRun run = push();

        assertThat(server.get("/api/ci")).startsWith("200").contains(run.id().value());
        assertThat(server.get("/api/ci/" + run.id()))
                .startsWith("200")
                .contains("\"checks\":[", "\"state\":\"PASSED\"");
        assertThat(server.get("/api/ci/" + run.id() + "/log/unit")).startsWith("200");
        assertThat(server.get("/api/packages?project=births&limit=1"))
                .startsWith("200")
                .contains(run.id().value());
        assertThat(server.get("/api/packages/" + run.packageDigest().orElseThrow()))
                .startsWith("200");
        assertThat(server.get("/api/ci/" + run.id() + "/report.md")).startsWith("200 ### Pawl: passed");
        assertThat(server.get("/api/ci/" + run.id() + "/report.html")).startsWith("200 <!doctype html>");
        assertThat(server.get("/api/ci/" + run.id() + "/report.json"))
                .startsWith("200")
                .contains("\"verdict\":\"passed\"");
        assertThat(server.get("/badges/births/main.svg")).contains("passing");
        assertThat(server.get("/badges/births/feature/x.svg")).startsWith("200").contains("none");
        assertThat(server.get("/api/ci/ci-nothing")).startsWith("404 There is no CI run");
        assertThat(server.get("/api/ci?limit=0")).startsWith("400 limit must be");
    }
}
