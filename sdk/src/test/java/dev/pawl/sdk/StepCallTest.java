package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contract with a step, in this process. */
class StepCallTest {
    @TempDir
    Path folder;

    private Map<String, Object> call = Map.of();

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

        assertThat(run("dough")).isEmpty();
        assertThat(folder.resolve("dough-out.csv")).hasContent("grams,note\n1,wheat90000000001.0false\n");
    }

    @Test
    void a_step_gets_the_outputs_of_others_and_logs_metrics() throws IOException {
        call("taste", Map.of("slice", "slice", "oven", "oven.onnx", "dough", "dough.csv"), Map.of(), "taste.json");

        assertThat(run("taste")).isEmpty();
        assertThat(folder.resolve("taste.json")).hasContent("{\"bytes\":5.0,\"slice\":\"a slice\"}");
        assertThat(folder.resolve("metrics.jsonl")).hasContent("{\"name\":\"taste\",\"step\":1,\"value\":2.0}");
    }

    @Test
    void a_returned_path_is_copied_to_the_output() throws IOException {
        call("slice", Map.of("oven", "oven.onnx"), Map.of(), "slice-out");

        assertThat(run("slice")).isEmpty();
        assertThat(folder.resolve("slice-out")).hasContent("slice of 5");
    }

    @Test
    void an_exception_of_the_user_shows_its_stack_trace() throws IOException {
        call("oven", Map.of("dough", "dough.csv"), Map.of("fate", "burnt"), "oven-out.onnx");

        assertThat(run("oven")).contains("IllegalStateException: the oven is on fire", "at dev.pawl.sdk.Pizza.oven");
        assertThat(folder.resolve("oven-out.onnx")).doesNotExist();
    }

    @Test
    void a_metric_that_is_not_finite_fails_the_step_with_one_line() throws IOException {
        call("oven", Map.of("dough", "dough.csv"), Map.of("fate", "nan"), "oven-out.onnx");

        assertThat(run("oven")).isEqualTo("Step oven: Metric 'heat' is NaN at step 3: log finite values only\n");
    }

    @Test
    void what_is_not_as_agreed_fails_the_step_with_one_line() throws IOException {
        call("dough", Map.of("csv", "flour.csv"), Map.of(), "out");
        assertThat(problem("dough")).isEqualTo("Parameter 'salt' has no value and no default: set it in pawl.yaml");
        call("dough", Map.of("csv", "flour.csv"), Map.of("salt", "much"), "out");
        assertThat(problem("dough")).isEqualTo("Parameter 'salt' must be of type double, but is \"much\"");
        call("dough", Map.of("csv", "flour.csv"), Map.of("salt", 1L, "rows", 11L), "out");
        assertThat(problem("dough")).isEqualTo("Parameter 'rows' must be from 1.0 to 10.0, but is 11");
        call("dough", Map.of("csv", "flour.csv"), Map.of("salt", 1L, "rows", 1.5), "out");
        assertThat(problem("dough")).isEqualTo("Parameter 'rows' must be of type int, but is 1.5");
        call("dough", Map.of("csv", "absent.csv"), Map.of("salt", 1L), "out");
        assertThat(problem("dough")).isEqualTo("Input 'csv' is not there: " + folder.resolve("absent.csv"));
        call("dough", Map.of(), Map.of("salt", 1L), "out");
        assertThat(problem("dough")).isEqualTo("The call has no input 'csv'");
        call("oven", Map.of("dough", "flour.csv"), Map.of(), "no/such/folder");
        assertThat(problem("oven")).startsWith("Cannot write the model " + folder);
        call("oven", Map.of("dough", "flour.csv"), Map.of(), "x");
        assertThat(problem("taste")).startsWith("The call has no input");
    }

    @Test
    void a_damaged_input_fails_the_step_with_file_and_line() throws IOException {
        Files.writeString(folder.resolve("dough.csv"), "grams\n1,2\n");
        call("oven", Map.of("dough", "dough.csv"), Map.of(), "out");

        assertThat(problem("oven"))
                .isEqualTo("Input 'dough' is no table: " + folder.resolve("dough.csv")
                        + ":2: 2 cells where the header has 1");
    }

    @Test
    void another_contract_is_refused() throws IOException {
        call = Map.of("contract", 1L);
        assertThat(problem("oven")).startsWith("Pawl speaks step contract 1, this pawl-sdk speaks 2");
    }

    static final class End {
        @Step(always = true)
        String tell(Outcome outcome) {
            return outcome.state() + "/" + outcome.because();
        }
    }

    @ParameterizedTest
    @CsvSource({"succeeded, '', SUCCEEDED/", "failed, why, FAILED/why", "cancelled, by me, CANCELLED/by me"})
    void a_step_at_the_end_is_told_the_outcome(String state, String because, String told) throws IOException {
        Path out = folder.resolve("told.json");
        StepCall call = new StepCall(
                Map.of(
                        "outcome",
                        Map.of("state", state, "because", because),
                        "outputs",
                        Map.of("tell", out.toString())),
                Map.of());

        assertThat(new StepRunner(MethodReader.step(End.class, "tell"), call).run(End::new))
                .isEqualTo(new StepEnd.Done());
        assertThat(out).hasContent("\"" + told + "\"");
    }

    @Test
    void an_unknown_outcome_and_a_secret_that_is_not_given_break_the_contract() {
        StepCall call = new StepCall(Map.of("outcome", Map.of("state", "odd"), "parameters", Map.of()), Map.of());

        assertThat(new StepRunner(MethodReader.step(End.class, "tell"), call).run(End::new))
                .isEqualTo(new StepEnd.Broken("tell", "The call has an outcome of the unknown state 'odd'"));
        assertThat(new StepRunner(MethodReader.step(Mischief.class, "tells"), call).run(Mischief::new))
                .isEqualTo(new StepEnd.Broken("tells", "Secret 'db-password' was not given: tell it to Pawl first"));
    }

    @Test
    void a_request_is_never_printed_as_it_may_hold_secrets() {
        assertThat(new WorkerSteps().run("[\"s3cret\"]").end())
                .isEqualTo(new StepEnd.Unusable("The request is no JSON object"));
    }

    private void call(String step, Map<String, String> inputs, Map<String, Object> parameters, String output) {
        call = new Calls(folder).of(step, inputs, parameters, output);
    }

    /** The one line about a step that must fail. */
    private String problem(String step) {
        String printed = run(step);
        assertThat(printed.lines()).hasSize(1);
        return printed.substring(("Step " + step + ": ").length()).strip();
    }

    /** What is printed about how it ended. */
    private String run(String step) {
        WorkerAnswer answer = new WorkerSteps()
                .run(Json.write(Map.of(
                        "call", call,
                        "class", Pizza.class.getName(),
                        "method", step)));
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        answer.end().print(new PrintStream(err, true, StandardCharsets.UTF_8));
        return err.toString(StandardCharsets.UTF_8);
    }
}
