package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check of what is other than on another branch, with the real orchestrator. */
class DifferenceTest {
    private static final String SEEDS = "difference: { seeds: { parameter: evaluate.seed, count: 3 },"
            + " limits: { evaluate.mape: { rise: 0.5 } } }";

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

    /** @param mape an expression of awk over seed */
    private CiRun push(String check, String mape) {
        project.replace(Map.of(
                "checks:\n",
                "checks:\n    " + check + "\n",
                "outputs: { evaluate: report }",
                "outputs: { evaluate: report }\n      parameters: { seed: 7 }"));
        project.write("steps/evaluate.sh", """
            seed=$(sed -n 's/.*"seed" *: *\\([0-9]*\\).*/\\1/p' "$PAWL_STEP")
            awk -v seed=$seed 'BEGIN { print "{\\"name\\":\\"mape\\",\\"value\\":" (MAPE) "}" }' >> "$PAWL_METRICS"
            echo "{\\"seed\\": $seed}" > "$PAWL_OUTPUTS/evaluate.json"
            """.replace("MAPE", mape));
        return server.ended(project.push(server));
    }

    private CiCheck difference(CiRun run) {
        return server.check(run.id(), CiCheck.DIFFERENCE);
    }

    @Test
    void the_first_commit_has_nothing_to_be_compared_with() {
        CiRun run = push("difference: {}", "0.1");

        assertThat(run.state()).isEqualTo(CiState.PASSED);
        assertThat(difference(run).summary())
                .startsWith("nothing to compare with: no other commit of 'main' has passed");
    }

    @Test
    void metrics_outputs_and_columns_that_changed_are_told() {
        CiRun first = push("difference: {}", "0.1");
        project.write(
                "steps/ingest.sh",
                "sed '1s/$/,more/; 2,$s/$/,1/' \"$PAWL_INPUTS/births.csv\" > \"$PAWL_OUTPUTS/ingest.csv\"\n");
        CiRun second = push("difference: {}", "0.2");

        assertThat(second.state()).isEqualTo(CiState.PASSED);
        assertThat(difference(second).summary())
                .isEqualTo(
                        ("beside main at %s; evaluate.mape from 0.1000 to 0.2000; 1 of 1 metrics moved; ingest.ingest"
                                        + " has the new columns more; 3 rows; 1 outputs changed")
                                .formatted(first.commit().value().substring(0, 7)));
        assertThat(difference(second).evidence().toString()).contains("columns_added=[more]");
    }

    @Test
    void what_differs_by_chance_between_seeds_has_not_moved() {
        push(SEEDS, "1 + seed / 10");
        CiRun second = push(SEEDS, "1.01 + seed / 10");

        assertThat(second.state()).isEqualTo(CiState.PASSED);
        assertThat(difference(second).summary()).contains("0 of 1 metrics moved; the same outputs");
    }

    @Test
    void a_metric_that_rises_beyond_its_limit_turns_the_commit_down() {
        push(SEEDS, "1 + seed / 10");
        CiRun second = push(SEEDS, "3 + seed / 10");

        assertThat(second.refusedBy()).hasValue(CiCheck.DIFFERENCE);
        assertThat(second.because().orElseThrow())
                .startsWith("'evaluate.mape' rose from 1.200 to 3.200, by more than 0.5000\nbeside main at ");
        assertThat(push(SEEDS, "0.1").state()).as("it may fall").isEqualTo(CiState.PASSED);
    }

    @Test
    void a_seed_with_which_the_pipeline_fails_is_told() {
        CiRun run = push(SEEDS, "seed == 2 ? log(-1) : 1");

        assertThat(run.refusedBy()).hasValue(CiCheck.DIFFERENCE);
        assertThat(run.because().orElseThrow()).startsWith("seed 2: step 'evaluate' failed");
    }
}
