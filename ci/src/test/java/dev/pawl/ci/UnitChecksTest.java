package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ci.CiCheck.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests under several names, with what became of each since the last time. */
class UnitChecksTest {
    private static final String ONE = "    unit: { run: sh test.sh, reports: reports, within: 1m }";
    private static final String TWO = """
            unit:
              features: { run: sh test.sh, reports: reports/features }
              methods: { run: sh methods.sh, reports: reports/methods }\
        """;

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

    /** A script that reports these tests; a name with an exclamation mark is that of one that fails. */
    private static String reporting(String to, String... tests) {
        StringBuilder script = new StringBuilder("mkdir -p " + to + "\ncat > " + to + "/r.xml <<'X'\n<testsuite>");
        for (String test : tests) {
            boolean fails = test.endsWith("!");
            script.append("<testcase name='%s'>%s</testcase>"
                    .formatted(
                            test.replace("!", ""),
                            fails ? "<failure message='no'>at line 3</failure><system-out>said</system-out>" : ""));
        }
        return script.append("</testsuite>\nX\n").toString();
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> test(CiRun run, String name) {
        var tests = (List<Map<String, Object>>)
                server.check(run.id(), CiCheck.UNIT).evidence().get("tests");
        return Objects.requireNonNull(tests).stream()
                .filter(test -> name.equals(test.get("name")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void each_name_is_a_check_of_its_own_and_all_are_made() {
        project.replace(ONE, TWO)
                .write("test.sh", reporting("reports/features", "lags!"))
                .write("methods.sh", reporting("reports/methods", "splits"));

        CiRun run = push();

        assertThat(run.refusedBy()).hasValue("unit.features");
        assertThat(server.states(run.id()))
                .containsEntry("unit.features", State.FAILED)
                .containsEntry("unit.methods", State.PASSED)
                .doesNotContainKeys("unit", CiCheck.PACKAGE);
        assertThat(server.get("/api/ci/" + run.id() + "/log/unit.methods")).startsWith("200");
    }

    @Test
    void several_that_pass_make_a_package_with_all_tests_counted() {
        project.replace(ONE, TWO)
                .write("test.sh", reporting("reports/features", "lags", "weekdays"))
                .write("methods.sh", reporting("reports/methods", "splits"));

        CiRun run = push();

        assertThat(run.state()).isEqualTo(CiState.PASSED);
        assertThat(server.ci
                        .packageOf(run.packageDigest().orElseThrow())
                        .tests()
                        .tests())
                .isEqualTo(3);
    }

    @Test
    void a_test_is_new_still_failing_and_fixed_beside_the_run_before() {
        project.write("test.sh", reporting("reports", "a", "b", "c"));
        CiRun first = push();
        project.write("test.sh", reporting("reports", "a!", "b", "c"));
        CiRun second = push();
        project.write("test.sh", reporting("reports", "a!", "b!", "c"));
        CiRun third = push();
        project.write("test.sh", reporting("reports", "a", "b", "c")).write("README.md", "not what it was at first\n");
        CiRun fourth = push();

        assertThat(test(first, "a").get("change")).isNull();
        assertThat(test(second, "a")).containsEntry("change", "NEW").containsEntry("output", "at line 3\nsaid");
        assertThat(test(third, "a")).containsEntry("change", "STILL_FAILING");
        assertThat(test(third, "b")).containsEntry("change", "NEW");
        assertThat(test(third, "c").get("change")).isNull();
        assertThat(test(fourth, "a")).containsEntry("change", "FIXED");
        assertThat(server.check(third.id(), CiCheck.UNIT))
                .satisfies(check ->
                        assertThat(check.summary()).startsWith("3 tests, 2 failed; 1 new, 1 still failing\na: no"))
                .satisfies(check -> assertThat(check.evidence())
                        .containsEntry("compared_with", second.id().value()));
    }

    @Test
    void the_first_run_of_a_branch_is_compared_with_main() {
        project.write("test.sh", reporting("reports", "a"));
        CiRun main = push();
        project.write("test.sh", reporting("reports", "a!"));
        String commit = project.git().commit("on a branch");
        project.git().run("push", server.url("births"), "main:refs/heads/feature");

        CiRun branch = server.ended(commit);

        assertThat(server.check(branch.id(), CiCheck.UNIT).evidence())
                .containsEntry("compared_with", main.id().value());
    }

    @Test
    void a_test_with_both_outcomes_on_the_same_files_is_flaky() {
        Path seen = folder.resolve("seen");
        project.write(
                "test.sh",
                "if [ -e %s ]; then %s fi\n".formatted(seen, "\n" + reporting("reports", "a") + "\nexit 0;") + "touch "
                        + seen + "\n" + reporting("reports", "a!"));
        CiRun first = push();

        CiRun again = server.over(server.ci.rerun(first.id(), false).id());

        assertThat(first.state()).isEqualTo(CiState.FAILED);
        assertThat(again.state()).isEqualTo(CiState.PASSED);
        assertThat(test(again, "a")).containsEntry("change", "FLAKY");
        assertThat(server.check(again.id(), CiCheck.UNIT).summary()).isEqualTo("1 test; 1 flaky");
    }

    @Test
    void coverage_is_shown_where_a_report_was_written() {
        project.write("coverage.xml", "<coverage lines-covered='1' lines-valid='1'/>");
        project.write("test.sh", Project.TEST);
        CiRun committed = push();
        project.write(
                "test.sh",
                Project.TEST + "echo '<report><counter type=\"LINE\" missed=\"1\" covered=\"3\"/>"
                        + "</report>' > reports/jacoco.xml\n");
        CiRun covered = push();

        assertThat(server.check(committed.id(), CiCheck.UNIT).evidence().get("coverage"))
                .as("what was committed proves nothing")
                .isNull();
        assertThat(server.check(covered.id(), CiCheck.UNIT).summary()).contains("75.0 % of lines covered");
    }
}
