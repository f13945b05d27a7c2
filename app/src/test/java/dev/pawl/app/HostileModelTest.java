package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The numeric check asks models for predictions, in a real instance. */
class HostileModelTest {
    private static final Path MODELS = Path.of("../serving/src/test/resources/dev/pawl/serving");
    private static final String CHECKS = "integration: { sample: 2 } } }";
    private static final String TRAIN = "cp model.onnx \"$PAWL_OUTPUTS/model.onnx\"";

    @TempDir
    Path folder;

    private PawlCommand pawl;

    @BeforeEach
    void project() throws Exception {
        pawl = new PawlCommand(folder);
        Files.writeString(folder.resolve("unit.xml"), TinyProject.UNIT);
        Files.writeString(folder.resolve("numbers.csv"), "at,day,lag_14,n\n1970-01-01,1,1,1\n1970-01-02,2,1,2\n");
        Files.copy(MODELS.resolve("overflow.onnx"), folder.resolve("other.onnx"));
    }

    /** @param train the command of the training step, which has model.onnx and other.onnx */
    private void write(String model, String train) throws IOException {
        Files.copy(MODELS.resolve(model), folder.resolve("model.onnx"));
        Files.writeString(
                folder.resolve("pawl.yaml"),
                TrainedProject.YAML
                        .replace("[model.onnx]", "[model.onnx, other.onnx]")
                        .replace(CHECKS, "integration: { sample: 2 }, numeric: { steps: [train] } } }")
                        .replace(TRAIN, train));
    }

    private String numeric(String printed) {
        return printed.lines().filter(line -> line.contains("the model")).collect(Collectors.joining("\n"));
    }

    @Test
    void a_model_that_bears_hostile_rows_passes_and_is_known_the_next_time() throws Exception {
        write("calm.onnx", TRAIN);

        String first = pawl.prints("check", "--only", "numeric");
        String second = pawl.prints("check", "--only", "numeric");

        assertThat(first)
                .containsPattern("numeric +passed .* 3[0-9] trials with hostile data: [0-9]+ gave finite results");
        assertThat(second).contains("; 2 of 2 inputs known from before");
        assertThat(pawl.json("check", "--only", "numeric").toString()).contains("\"input\":\"model\"");
    }

    @Test
    void one_that_answers_nan_is_told_with_the_feature_and_the_smallest_table() throws Exception {
        write("births-1.onnx", TRAIN);

        assertThat(numeric(pawl.exits(1, "check", "--only", "numeric")))
                .contains("the model, asked with NaN in a third of the numbers in column ")
                .containsPattern("1 row: it answers NaN to 1 of 1 rows \\(the table: sha256:");
    }

    @Test
    void a_model_that_was_made_of_hostile_data_must_answer_the_real_rows() throws Exception {
        String train = "test $(wc -l < \"$PAWL_INPUTS/holdout.csv\") -ge 2 || mv other.onnx model.onnx; " + TRAIN;
        write("calm.onnx", train);

        List<String> told =
                numeric(pawl.exits(1, "check", "--only", "numeric")).lines().toList();

        assertThat(told)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                "step 'train' with no rows",
                                "the model that it gave, asked with the held-out rows: it answers Infinity to 1 of 2"
                                        + " rows"));
    }

    @Test
    void a_model_that_was_made_of_hostile_data_must_be_one() throws Exception {
        String train =
                "test $(wc -l < \"$PAWL_INPUTS/holdout.csv\") -ge 2 || { echo none > none; mv none model.onnx; }; "
                        + TRAIN;
        write("calm.onnx", train);

        assertThat(numeric(pawl.exits(1, "check", "--only", "numeric")))
                .contains("step 'train' with no rows")
                .contains("the model that it gave cannot be asked: ");
    }
}
