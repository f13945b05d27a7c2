package dev.pawl.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Every datatype that JSON carries, through real models. */
class DatatypesTest {
    private static final List<String> EVERY =
            List.of("BOOL", "INT8", "INT16", "INT32", "INT64", "UINT8", "FP32", "FP64", "BYTES");

    private final MemoryLog log = new MemoryLog();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        BOOL  | true,false
        INT8  | -128,127
        INT16 | -32768,32767
        INT32 | -2147483648,2147483647
        INT64 | -9223372036854775808,9223372036854775807
        UINT8 | 0,255
        FP32  | 1.5,-3.4028235E38
        FP64  | 0.1,1.7976931348623157E308
        FP64  | "NaN","-Infinity"
        BYTES | "süß","\\u0000"
        """)
    void the_ends_of_its_range_go_through_unchanged(String datatype, String data) {
        JsonNode answer = ask("every", every(datatype, data));
        assertThat(output(answer, datatype.toLowerCase(Locale.ROOT) + "_out")).isEqualTo(Json.tree("[" + data + "]"));
    }

    @Test
    void a_whole_number_may_be_written_with_a_fraction_of_zero() {
        assertThat(output(ask("every", every("INT16", "1.0,2e2")), "int16_out")).isEqualTo(Json.tree("[1,200]"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        BOOL  | 1,true                   | is not true or false
        BOOL  | "true",true              | is not true or false
        INT8  | 128,0                    | is outside of INT8, which goes from -128 to 127
        UINT8 | 300,0                    | is outside of UINT8, which goes from 0 to 255
        UINT8 | -1,0                     | is outside of UINT8
        INT32 | 2147483648,0             | is outside of INT32
        INT64 | 9223372036854775808,0    | is outside of INT64
        INT64 | 1e19,0                   | is outside of INT64
        INT64 | 1.5,0                    | is not a whole number
        INT64 | null,0                   | only FP32 and FP64 have missing values
        INT64 | "1",0                    | is not a whole number
        FP64  | 1e400,0                  | is beyond the range of FP64
        FP64  | "one",0                  | the only texts among numbers are NaN
        BYTES | 7,"a"                    | is not text
        BYTES | null,"a"                 | is not text
        """)
    void what_does_not_fit_is_refused_and_never_wrapped_or_guessed(String datatype, String data, String message) {
        assertThatThrownBy(() -> ask("every", every(datatype, data))).isInstanceOfSatisfying(PawlException.class, e -> {
            assertThat(e.kind()).isEqualTo(PawlException.Kind.USER);
            assertThat(e.text()).contains("input '" + datatype.toLowerCase(Locale.ROOT) + "': element 0", message);
        });
    }

    @Test
    void a_missing_input_is_named_with_what_the_model_takes() {
        assertThatThrownBy(() -> ask("columns", "{\"inputs\":[" + tensor("age", "FP32", "[1,1]", "[3]") + "]}"))
                .hasMessageContaining("input 'city' is missing; the model takes [age, city]");
    }

    @Test
    void only_the_wanted_outputs_are_answered_but_all_are_recorded() {
        JsonNode answer = ask("columns", columns("\"outputs\":[{\"name\":\"score\"}],"));
        assertThat(answer.path("outputs").size()).isEqualTo(1);
        assertThat(output(answer, "score")).isEqualTo(Json.tree("[60.0,80.0]"));
        assertThat(log.predictions().getFirst().outputs()).contains("\"label\"", "\"score\"");
    }

    @Test
    void each_row_is_recorded_under_the_names_of_the_inputs_and_text_is_not_its_value() {
        ask("columns", columns("\"id\":\"b\","));
        assertThat(log.predictions())
                .extracting(prediction -> prediction.id().value())
                .containsExactly("b/0", "b/1");
        assertThat(log.predictions())
                .extracting(Prediction::inputs)
                .containsExactly("{\"age\":30.0,\"city\":\"Bonn\"}", "{\"age\":40.0,\"city\":\"Köln\"}");
        assertThat(log.predictions()).extracting(Prediction::value).containsExactly(60.0, 80.0);
        assertThat(log.predictions().getLast().outputs()).isEqualTo("""
            [{"name":"label","shape":[1,1],"datatype":"BYTES","data":["Köln"]},\
            {"name":"score","shape":[1,1],"datatype":"FP32","data":[80.0]}]\
            """);
    }

    @Test
    void a_nested_list_of_three_levels_is_taken_row_by_row() {
        JsonNode answer = ask(
                "cube",
                "{\"id\":\"c\",\"inputs\":["
                        + tensor("x", "FP32", "[2,3,2]", "[[[1,2],[3,4],[5,6]],[[1,1],[1,1],[1,1]]]") + "]}");
        assertThat(output(answer, "y")).isEqualTo(Json.tree("[21.0,6.0]"));
        assertThat(log.predictions().getFirst().inputs()).isEqualTo("{\"x\":[1.0,2.0,3.0,4.0,5.0,6.0]}");
        assertThat(log.predictions()).extracting(Prediction::value).containsExactly(21.0, 6.0);
    }

    @Test
    void a_model_without_a_batch_makes_one_prediction() {
        JsonNode answer = ask("whole", "{\"id\":\"w\",\"inputs\":[" + tensor("x", "FP32", "[3]", "[1,2,3]") + "]}");
        assertThat(output(answer, "y")).isEqualTo(Json.tree("[6.0]"));
        assertThat(log.predictions()).hasSize(1);
        assertThat(log.predictions().getFirst().id().value()).isEqualTo("w");
    }

    @Test
    void what_only_the_model_can_refuse_is_still_the_callers_fault() {
        assertThatThrownBy(() -> ask("lookup", "{\"inputs\":[" + tensor("x", "INT64", "[1]", "[7]") + "]}"))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.USER))
                .hasMessageContaining("could not compute an answer from these inputs");
    }

    @Test
    void more_rows_than_the_bound_are_refused() {
        int rows = Binding.MOST_ROWS + 1;
        String data = "[" + "0,".repeat(rows - 1) + "0]";
        assertThatThrownBy(() -> ask("lookup", "{\"inputs\":[" + tensor("x", "INT64", "[" + rows + "]", data) + "]}"))
                .hasMessageContaining("has 10001 rows; one request may have 10000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"half", "wide", "misnamed"})
    void a_model_that_cannot_be_served_is_refused_when_it_is_loaded(String name) {
        assertThatThrownBy(() -> ModelRuntime.load(Models.version(1), Models.onnx(name)))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.code()).isEqualTo("model-unfit"))
                .hasMessageMatching(
                        ".*(FLOAT16, which JSON cannot carry|UINT32, which JSON cannot|names 1 features, but its input"
                                + " 'x' has 2).*");
    }

    @Test
    void what_is_no_model_is_refused() {
        assertThatThrownBy(() -> ModelRuntime.load(Models.version(1), "not a model".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("Model births/1 cannot be loaded by ONNX Runtime");
    }

    private JsonNode ask(String name, String request) {
        try (Champions champions = new Champions()) {
            ModelName model = new ModelName(name);
            champions.deploy(new ModelVersion(model, 1), () -> Models.onnx(name));
            Predictor predictor = new Predictor(champions, log, Clock.system(), Ids.system());
            byte[] answer = predictor.infer(model, Optional.empty(), request.getBytes(StandardCharsets.UTF_8));
            return Json.tree(new String(answer, StandardCharsets.UTF_8));
        }
    }

    private static JsonNode output(JsonNode answer, String name) {
        List<JsonNode> found = new ArrayList<>();
        answer.path("outputs").forEach(output -> {
            if (output.path("name").asString().equals(name)) {
                found.add(output.path("data"));
            }
        });
        return found.getFirst();
    }

    /** One input of each datatype; the one under test with the given data. */
    private static String every(String datatype, String data) {
        return EVERY.stream()
                .map(type -> tensor(
                        type.toLowerCase(Locale.ROOT),
                        type,
                        "[1,2]",
                        "[" + (type.equals(datatype) ? data : plain(type)) + "]"))
                .collect(Collectors.joining(",", "{\"inputs\":[", "]}"));
    }

    private static String plain(String datatype) {
        return switch (datatype) {
            case "BOOL" -> "true,true";
            case "BYTES" -> "\"a\",\"b\"";
            default -> "1,2";
        };
    }

    private static String columns(String members) {
        return "{" + members + "\"inputs\":"
                + Stream.of(
                                tensor("city", "BYTES", "[2,1]", "[\"Bonn\",\"Köln\"]"),
                                tensor("age", "FP32", "[2,1]", "[[30],[40]]"))
                        .toList()
                + "}";
    }

    private static String tensor(String name, String datatype, String shape, String data) {
        return "{\"name\":\"%s\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}".formatted(name, shape, datatype, data);
    }
}
