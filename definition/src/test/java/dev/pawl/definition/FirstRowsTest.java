package dev.pawl.definition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.Definition.FromData;
import dev.pawl.definition.Definition.FromStep;
import dev.pawl.definition.Definition.Shell;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.StepName;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstRowsTest {
    private static final String YAML = """
        project: rows
        pipeline:
          steps:
            first-rows-1: { run: ./a.sh, inputs: { csv: data.births }, outputs: { rows: table, folds: list of tables }, parameters: { go: true }, when: go }
            train:
              run: ./train.sh
              inputs: { csv: data.births, rows: { from: first-rows-1.rows, optional: true }, folds: { from: first-rows-1.folds, optional: true } }
              outputs: { model: model }
        data: { births: { path: data/births.csv } }
        """;
    private static final StepName TRAIN = new StepName("train");

    @TempDir
    Path folder;

    @Test
    void a_step_reads_the_first_rows_of_each_table_that_is_an_input_by_itself() {
        Definition whole = YamlExamples.repository(folder, YAML).compile(Optional.empty());
        Definition cut = FirstRows.of(whole, TRAIN, 32);

        assertThat(cut.steps())
                .extracting(Step::name)
                .extracting(StepName::value)
                .containsExactly("first-rows-1", "first-rows-2", "first-rows-3", "train");
        Step ofData = cut.step(new StepName("first-rows-2"));
        assertThat(ofData.inputs()).isEqualTo(Map.of("rows", new FromData("births")));
        assertThat(((Shell) ofData.command()).run()).startsWith("head -n 33 ");
        assertThat(cut.step(new StepName("first-rows-3")).inputs())
                .as("where there are none, none are read")
                .isEqualTo(Map.of("rows", new FromStep(new StepName("first-rows-1"), "rows")));
        assertThat(cut.step(TRAIN).inputs())
                .containsEntry("csv", new FromStep(new StepName("first-rows-2"), "rows"))
                .containsEntry("rows", new FromStep(new StepName("first-rows-3"), "rows", false, true))
                .containsEntry("folds", whole.step(TRAIN).inputs().get("folds"));
    }
}
