package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code pawl runs}, of three runs that differ in a parameter and thereby in a metric. */
class RunListTest {
    private PawlCommand pawl;

    @BeforeEach
    void project(@TempDir Path temporary) throws Exception {
        pawl = new PawlCommand(StudyProject.in(temporary).folder());
        List.of("0.1", "0.3", "0.2").forEach(eta -> pawl.run("--param", "train.eta=" + eta));
    }

    @Test
    void runs_are_found_by_what_they_gave_and_were_given() {
        assertThat(etas("--where", "metric.mape < 0.25 and param.eta > 0.15")).containsExactly(0.2);
        assertThat(etas("--where", "metric.train.mape >= 0.1 and state == 'Succeeded'"))
                .containsExactly(0.2, 0.3, 0.1);
        assertThat(etas("--where", "not uncommitted and started > '2026' and seconds < 1000"))
                .hasSize(3);
        assertThat(pawl.prints("runs", "--where", "param.eta > 7")).contains("no run fulfils the condition");
    }

    @Test
    void runs_are_listed_in_the_order_that_is_wanted() {
        assertThat(etas()).containsExactly(0.2, 0.3, 0.1);
        assertThat(etas("--order", "metric.mape")).containsExactly(0.1, 0.2, 0.3);
        assertThat(etas("--order", "-metric.mape", "--last", "1")).containsExactly(0.3);
        assertThat(etas("--order", "state,-started")).containsExactly(0.2, 0.3, 0.1);
    }

    @Test
    void what_nobody_has_is_explained() {
        assertThat(pawl.exits(2, "runs", "--where", "metric.mpae < 1")).contains("did you mean 'metric.mape'?");
        assertThat(pawl.exits(2, "runs", "--order", "-param.etas")).contains("did you mean 'param.eta'?");
        assertThat(pawl.exits(2, "runs", "--where", "metric.mape < ")).contains("column 14");
        assertThat(pawl.exits(2, "runs", "--where", "metric.mape < 'small'")).contains("cannot compare");
        assertThat(pawl.exits(2, "runs", "--where", "state == succeeded")).contains("in quotes: 'succeeded'");
        assertThat(pawl.exits(2, "runs", "--where", "state == 'done'"))
                .contains("'done' is none of the words 'queued',");
        assertThat(pawl.exits(2, "runs", "--order", "nonsense"))
                .contains("uncommitted. Names are")
                .doesNotContain("quotes");
        assertThat(pawl.exits(2, "runs", "--where", "started > 2026-01-01")).contains("in quotes: '2026-01-31'");
        assertThat(pawl.exits(2, "runs", "--where", "train.eta > 1")).contains("did you mean 'param.train.eta'?");
        assertThat(pawl.exits(2, "runs", "--last", "0")).contains("--last wants a number from 1");
    }

    @Test
    void the_table_has_what_differs_in_columns() {
        List<String> lines = pawl.prints("runs").lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst()).contains("RUN", "STARTED", "STATE", "TOOK", "COMMIT", "train.mape", "train.eta");
        assertThat(lines.getFirst()).doesNotContain("train.depth");
        assertThat(lines.get(1)).contains("succeeded").containsPattern("0[.]2 +0[.]2$");
    }

    private List<Double> etas(String... arguments) {
        JsonNode runs = pawl.json("runs", arguments);
        return runs.valueStream()
                .map(run -> run.at("/parameters/train.eta").doubleValue())
                .toList();
    }
}
