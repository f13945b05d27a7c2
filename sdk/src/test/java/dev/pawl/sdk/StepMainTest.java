package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepMainTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @BeforeEach
    void write_inputs() throws IOException {
        Files.writeString(folder.resolve("flour.csv"), "grams\n1\n2\n3\n");
        Files.writeString(folder.resolve("dough.csv"), "grams\n1\n2\n");
        Files.write(folder.resolve("oven.onnx"), new byte[5]);
        Files.writeString(folder.resolve("slice"), "a slice");
    }

    @Test
    void a_step_gets_its_source_and_parameters_and_writes_its_table() throws IOException {
        call("dough", Map.of("csv", "flour.csv"), Map.of("salt", 1L, "rows", 1.0), "dough-out.csv");

        assertThat(run("dough")).isZero();
        assertThat(folder.resolve("dough-out.csv")).hasContent("grams,note\n1,wheat90000000001.0false\n");
    }

    @Test
    void a_step_gets_the_outputs_of_others_and_logs_metrics() throws IOException {
        call("taste", Map.of("slice", "slice", "oven", "oven.onnx", "dough", "dough.csv"), Map.of(), "taste.json");

        assertThat(run("taste")).isZero();
        assertThat(folder.resolve("taste.json")).hasContent("{\"bytes\":5.0,\"slice\":\"a slice\"}");
        assertThat(folder.resolve("metrics.jsonl")).hasContent("{\"name\":\"taste\",\"step\":1,\"value\":2.0}");
    }

    @Test
    void a_returned_path_is_copied_to_the_output() throws IOException {
        call("slice", Map.of("oven", "oven.onnx"), Map.of(), "slice-out");

        assertThat(run("slice")).isZero();
        assertThat(folder.resolve("slice-out")).hasContent("slice of 5");
    }

    @Test
    void an_exception_of_the_user_shows_its_stack_trace() throws IOException {
        call("oven", Map.of("dough", "dough.csv"), Map.of("fate", "burnt"), "oven-out.onnx");

        assertThat(run("oven")).isOne();
        assertThat(errors()).contains("IllegalStateException: the oven is on fire", "at dev.pawl.sdk.Pizza.oven");
        assertThat(folder.resolve("oven-out.onnx")).doesNotExist();
    }

    @Test
    void a_metric_that_is_not_finite_fails_the_step_with_one_line() throws IOException {
        call("oven", Map.of("dough", "dough.csv"), Map.of("fate", "nan"), "oven-out.onnx");

        assertThat(run("oven")).isOne();
        assertThat(errors()).isEqualTo("Step oven: Metric 'heat' is NaN at step 3: log finite values only\n");
    }

    @Test
    void what_is_not_as_agreed_fails_the_step_with_one_line() throws IOException {
        call("dough", Map.of("csv", "flour.csv"), Map.of(), "out");
        assertThat(failure("dough")).isEqualTo("Parameter 'salt' has no value and no default: set it in pawl.yaml");
        call("dough", Map.of("csv", "flour.csv"), Map.of("salt", "much"), "out");
        assertThat(failure("dough")).isEqualTo("Parameter 'salt' must be of type double, but is \"much\"");
        call("dough", Map.of("csv", "flour.csv"), Map.of("salt", 1L, "rows", 11L), "out");
        assertThat(failure("dough")).isEqualTo("Parameter 'rows' must be from 1.0 to 10.0, but is 11");
        call("dough", Map.of("csv", "flour.csv"), Map.of("salt", 1L, "rows", 1.5), "out");
        assertThat(failure("dough")).isEqualTo("Parameter 'rows' must be of type int, but is 1.5");
        call("dough", Map.of("csv", "absent.csv"), Map.of("salt", 1L), "out");
        assertThat(failure("dough")).isEqualTo("Input 'csv' is not there: " + folder.resolve("absent.csv"));
        call("oven", Map.of("dough", "flour.csv"), Map.of(), "no/such/folder");
        assertThat(failure("oven")).startsWith("Cannot write the model " + folder);
        call("taste", Map.of(), Map.of(), "out");
        assertThat(failure("oven")).isEqualTo("step.json is for step 'taste'");
    }

    @Test
    void a_damaged_input_fails_the_step_with_file_and_line() throws IOException {
        Files.writeString(folder.resolve("dough.csv"), "grams\n1,2\n");
        call("oven", Map.of("dough", "dough.csv"), Map.of(), "out");

        assertThat(failure("oven"))
                .isEqualTo("Input 'dough' is no table: " + folder.resolve("dough.csv")
                        + ":2: 2 cells where the header has 1");
    }

    @Test
    void another_contract_is_refused() throws IOException {
        Files.writeString(folder.resolve("step.json"), "{\"contract\":2}");
        assertThat(failure("oven")).startsWith("Pawl speaks step contract 2, this pawl-sdk speaks 1");
        Files.writeString(folder.resolve("step.json"), "{");
        assertThat(failure("oven")).contains("step.json:1:2: not JSON");
        Files.delete(folder.resolve("step.json"));
        assertThat(failure("oven")).startsWith("Cannot read PAWL_STEP=");
    }

    @Test
    void an_unusable_class_or_command_line_exits_2() throws IOException {
        call("oven", Map.of(), Map.of(), "out");
        assertThat(run("bake")).isEqualTo(2);
        assertThat(errors()).contains("has no step 'bake'; it has [dough, oven, slice, taste]");
        assertThat(StepMain.run(new String[] {"x", "y"}, null, new PrintStream(err, true, StandardCharsets.UTF_8)))
                .isEqualTo(2);
    }

    @Test
    void a_step_runs_in_a_process_of_its_own() throws Exception {
        call("oven", Map.of("dough", "dough.csv"), Map.of(), "oven-out.onnx");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.pawl.sdk.StepMain",
                        Pizza.class.getName(),
                        "oven")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile());
        builder.environment().put("PAWL_STEP", folder.resolve("step.json").toString());
        Process process = builder.start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("log")).isEmptyFile();
        assertThat(process.exitValue()).isZero();
        assertThat(folder.resolve("oven-out.onnx")).hasSize(2);
    }

    private void call(String step, Map<String, String> inputs, Map<String, Object> parameters, String output)
            throws IOException {
        Map<String, Object> paths = new HashMap<>();
        inputs.forEach((name, file) -> paths.put(name, folder.resolve(file).toString()));
        Map<String, Object> json = Map.of(
                "contract",
                1L,
                "run",
                "run-1",
                "step",
                step,
                "parameters",
                parameters,
                "inputs",
                paths,
                "outputs",
                Map.of(step, folder.resolve(output).toString()),
                "metrics",
                folder.resolve("metrics.jsonl").toString());
        Files.writeString(folder.resolve("step.json"), Json.write(json));
    }

    /** The one line about a step that must fail. */
    private String failure(String step) {
        err.reset();
        assertThat(run(step)).isOne();
        assertThat(errors().lines()).hasSize(1);
        return errors().substring(("Step " + step + ": ").length()).strip();
    }

    private int run(String step) {
        String call = folder.resolve("step.json").toString();
        return StepMain.run(
                new String[] {Pizza.class.getName(), step}, call, new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
