package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Fact.PackageRefused;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check whether every step keeps its word, with the real orchestrator. */
class ContractTest {
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

    private CiCheck contract(CiRun run) {
        return server.check(run.id(), CiCheck.CONTRACT);
    }

    private String refusal(CiRun run) {
        assertThat(run.refusedBy()).hasValue(CiCheck.CONTRACT);
        return server.facts(PackageRefused.class).getLast().because();
    }

    @Test
    void every_step_is_run_again_and_gives_the_same() {
        CiCheck check = contract(push());

        assertThat(check.state()).isEqualTo(CiCheck.State.PASSED);
        assertThat(check.summary()).isEqualTo("every step gave what it declares, 2 of 2 the same again");
    }

    @Test
    void a_step_that_forgets_an_output_is_told_by_this_check() {
        project.write("steps/evaluate.sh", "echo done\n");
        CiRun run = push();

        assertThat(refusal(run))
                .startsWith("step 'evaluate' did not keep its contract: its output 'evaluate' was not written");
        assertThat(server.states(run.id())).containsEntry(CiCheck.INTEGRATION, CiCheck.State.FAILED);
    }

    @Test
    void a_step_that_fails_keeps_its_contract() {
        project.write("steps/evaluate.sh", "exit 7\n");
        CiRun run = push();

        assertThat(run.refusedBy()).hasValue(CiCheck.INTEGRATION);
        assertThat(contract(run).state()).isEqualTo(CiCheck.State.PASSED);
    }

    @Test
    void a_step_that_gives_something_else_again_is_told_with_what_differs() {
        project.write("steps/evaluate.sh", "echo \"{\\\"at\\\": $(date +%s%N)}\" > \"$PAWL_OUTPUTS/evaluate.json\"\n");

        assertThat(refusal(push()))
                .startsWith("step 'evaluate' gave another evaluate from the same inputs (line 1 is '{\"at\": ")
                .contains("say 'cache: false' of it, or name it in ci.checks.contract.not-repeatable");
    }

    @Test
    void what_need_not_be_repeatable_is_not_run_again() {
        project.write("steps/evaluate.sh", "echo \"{\\\"at\\\": $(date +%s%N)}\" > \"$PAWL_OUTPUTS/evaluate.json\"\n")
                .replace("checks:\n", "checks:\n    contract: { not-repeatable: [evaluate] }\n");
        CiRun run = push();

        assertThat(run.state()).isEqualTo(CiState.PASSED);
        assertThat(contract(run).evidence().toString())
                .contains("not asked: ci.checks.contract.not-repeatable names it");
    }

    @Test
    void a_step_without_cache_may_do_something_outside_and_is_run_once() throws Exception {
        Path mark = folder.resolve("runs");
        project.write("steps/evaluate.sh", "echo x >> " + mark + "; echo '{}' > \"$PAWL_OUTPUTS/evaluate.json\"\n")
                .replace("outputs: { evaluate: report }", "outputs: { evaluate: report }\n      cache: false");
        CiRun run = push();

        assertThat(run.state()).isEqualTo(CiState.PASSED);
        assertThat(mark).hasContent("x");
        assertThat(contract(run).evidence().toString()).contains("not asked: it is not cached");
    }

    @Test
    void tables_have_the_columns_that_are_declared() {
        String checks = "checks:\n    contract: { tables: { ingest: { date: date, births: number } } }\n";
        project.replace("checks:\n", checks);
        assertThat(push().state()).isEqualTo(CiState.PASSED);

        project.write("data/births.csv", "date,births,more\n1969-01-01,10,1\n1969-01-02,,1\n1969-01-03,30,1\n");
        assertThat(refusal(push())).isEqualTo("""
            step 'ingest' gave 'ingest' with a column 'more' that ci.checks.contract.tables does not declare
            step 'ingest' gave 'ingest', whose line 3 has nothing in column 'births', which must be a finite number\
            """);
    }

    @Test
    void an_empty_file_is_no_output() {
        project.replace(Map.of("outputs: { evaluate: report }", "outputs: { plot: file }"));
        project.write("steps/evaluate.sh", ": > \"$PAWL_OUTPUTS/plot\"\n");

        assertThat(refusal(push())).isEqualTo("step 'evaluate' gave an empty 'plot'");
    }

    @Test
    void what_names_no_step_or_table_is_refused_before_anything_runs() {
        project.replace(
                "checks:\n",
                "checks:\n    contract: { not-repeatable: [evaluat], tables: { evaluate: { rows: number } } }\n");
        CiRun run = push();

        assertThat(run.refusedBy()).hasValue(CiCheck.DEFINITION);
        assertThat(run.because().orElseThrow())
                .contains(
                        "ci.checks.contract.not-repeatable: there is no step 'evaluat'; did you mean 'evaluate'?",
                        "ci.checks.contract.tables.evaluate: step 'evaluate' gives no table of that name; name one by"
                                + " STEP.OUTPUT");
    }
}
