package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.PackageBuilt;
import dev.pawl.kernel.Fact.PackageRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check whether training learns, with the real orchestrator. */
class ConvergenceTest {
    private static final String CHECK = """
        convergence: { step: evaluate, sample: 3, seeds: { parameter: seed, count: 2 }, overfit: { rows: 2, below: 0.2, parameters: { rounds: 20 } } }
        """.strip();

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

    private CiRun push(String loss) {
        return push(loss, CHECK);
    }

    /** @param loss an expression of awk over round, rows, seed and rounds */
    private CiRun push(String loss, String check) {
        project.replace(Map.of(
                "checks:\n",
                "checks:\n    " + check + "\n",
                "outputs: { evaluate: report }",
                "outputs: { evaluate: report }\n      parameters: { seed: 7, rounds: 10 }"));
        project.write("steps/evaluate.sh", """
            rows=$(($(wc -l < "$(ls "$PAWL_INPUTS"/*)") - 1))
            number() { sed -n 's/.*"'"$1"'" *: *\\([0-9]*\\).*/\\1/p' "$PAWL_STEP"; }
            awk -v rows=$rows -v seed=$(number seed) -v rounds=$(number rounds) 'BEGIN {
              for (round = 1; round <= rounds; round++) print "{\\"name\\":\\"loss\\",\\"step\\":" round ",\\"value\\":" (LOSS) "}"
            }' >> "$PAWL_METRICS"
            echo "{\\"rows\\": $rows}" > "$PAWL_OUTPUTS/evaluate.json"
            """.replace("LOSS", loss));
        return server.ended(project.push(server));
    }

    private String refusal() {
        return server.facts(PackageRefused.class).getFirst().because();
    }

    @Test
    void training_that_learns_passes_and_its_curves_are_kept() {
        CiRun run = push("seed / (round * rows)");

        assertThat(run.state()).as(() -> server.ci.checks(run.id()).toString()).isEqualTo(CiState.PASSED);
        assertThat(server.facts(PackageBuilt.class)).hasSize(1);
        CiCheck check = server.check(run.id(), CiCheck.CONVERGENCE);
        assertThat(check.state()).isEqualTo(CiCheck.State.PASSED);
        assertThat(check.summary())
                .isEqualTo(
                        "'loss' went down: seed 1 from 0.3333 to 0.03333, seed 2 from 0.6667 to 0.06667, overfit from"
                                + " 0.5000 to 0.02500");
        assertThat(check.evidence()).containsEntry("alpha", 0.01);
        String plot = server.store
                .artifacts()
                .text(new Digest(String.valueOf(check.evidence().get("plot"))));
        assertThat(plot).startsWith("<svg").contains("seed 2", "overfit", "20 rounds");
        assertThat(server.get("/api/ci/" + run.id())).contains("Mann-Kendall");
    }

    @Test
    void a_loss_that_does_not_fall_is_told_with_its_numbers() {
        CiRun run = push("5 + (round * 7) % 5");

        assertThat(run.refusedBy()).hasValue(CiCheck.CONVERGENCE);
        assertThat(server.states(run.id()))
                .containsEntry(CiCheck.INTEGRATION, CiCheck.State.PASSED)
                .containsEntry(CiCheck.CONVERGENCE, CiCheck.State.FAILED);
        assertThat(refusal())
                .contains("seed 1: 'loss' of step 'evaluate' does not fall: from ", "Mann-Kendall, p = ")
                .contains("overfit: 'loss' of step 'evaluate' is ", "after 20 rounds on 2 rows, not below 0.2000");
    }

    @Test
    void one_seed_that_does_not_learn_is_enough() {
        push("seed == 2 ? round : 1 / (round * rows)");

        assertThat(refusal()).startsWith("seed 2: ").doesNotContain("seed 1", "overfit");
    }

    @Test
    void what_cannot_be_learnt_by_heart_is_told() {
        push("1 / round + rows");

        assertThat(refusal())
                .isEqualTo("overfit: 'loss' of step 'evaluate' is 2.050 after 20 rounds on 2 rows, not below 0.2000:"
                        + " it cannot even learn those by heart");
    }

    @Test
    void a_step_that_logs_no_curve_is_told_what_to_log() {
        push("1 / round", "convergence: { step: evaluate, metric: mse, sample: 3 }");

        assertThat(refusal())
                .isEqualTo(
                        "training: 'mse' of step 'evaluate' has 0 values; log one for each round, 6 at least, with the"
                                + " round as its step");
    }

    @Test
    void a_step_that_fails_with_a_seed_is_told() {
        push("seed == 2 ? log(-1) : 1 / (round * rows)");

        assertThat(refusal()).startsWith("seed 2: step 'evaluate' failed");
    }

    @Test
    void what_names_no_step_or_parameter_is_refused_before_anything_runs() {
        push("1 / round", "convergence: { step: evaluat, sample: 3 }");
        assertThat(refusal())
                .contains("ci.checks.convergence.step: there is no step 'evaluat'; did you mean 'evaluate'?");
        assertThat(server.facts(PackageRefused.class))
                .extracting(PackageRefused::check)
                .isEqualTo(List.of(CiCheck.DEFINITION));
    }
}
