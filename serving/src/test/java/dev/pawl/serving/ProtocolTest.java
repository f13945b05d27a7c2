package dev.pawl.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The protocol over a real server and one model file, as gates ask it. */
class ProtocolTest {
    private static Instance server;

    @BeforeAll
    static void serve(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("births.onnx"), Models.births(3));
        server = new Instance(ServingRoutes.forModel(file, Models.version(3), Clock.system(), Ids.system()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /v2                                  | {"extensions":[],"name":"pawl","version":"development"}
        /v2/                                 | {"extensions":[],"name":"pawl","version":"development"}
        /v2/health/live                      | {"live":true}
        /v2/health/ready                     | {"live":true,"ready":true}
        /v2/models                           | {"models":["births"]}
        /v2/models/births/ready              | {"name":"births","ready":true}
        /v2/models/births/versions/3/ready   | {"name":"births","ready":true}
        """)
    void a_question_is_answered_in_the_form_of_both_texts_of_the_protocol(String path, String answer) {
        Instance.Reply reply = server.get(path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).isEqualTo("application/json");
        assertThat(Json.write(sortedVersion(reply))).isEqualTo(answer);
    }

    /** The jar's version is known only when the tests run over the jar. */
    private static Object sortedVersion(Instance.Reply reply) {
        var map = Json.map(Json.write(reply.json()));
        map.computeIfPresent("version", (_, _) -> "development");
        return map;
    }

    @Test
    void a_model_tells_its_inputs_and_outputs() {
        for (String path : new String[] {"/v2/models/births", "/v2/models/births/versions/3"}) {
            assertThat(server.get(path).json()).isEqualTo(Json.tree("""
                {"name":"births","versions":["3"],"platform":"onnx_onnxv1",
                 "inputs":[{"name":"x","datatype":"FP32","shape":[-1,2]}],
                 "outputs":[{"name":"y","datatype":"FP32","shape":[-1,1]}],
                 "properties":{"features":"day,lag_14","trainer":"by hand"}}\
                """));
        }
    }

    @Test
    void a_request_is_answered_with_its_id_and_the_version() {
        Instance.Reply reply = server.infer("""
            {"id":"r1","inputs":[{"name":"x","shape":[2,2],"datatype":"FP32","data":[[1,2],[3,4.5]]}]}\
            """);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json()).isEqualTo(Json.tree("""
            {"model_name":"births","model_version":"3","id":"r1",
             "outputs":[{"name":"y","shape":[2,1],"datatype":"FP32","data":[3012.0,3034.5]}]}\
            """));
    }

    static Stream<String> accepted() {
        return Stream.of(
                Models.row(1, 2),
                "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[[1,2]]}]}",
                // the data before what it means; members that are not ours; nulls for what is not given
                """
                {"outputs":[{"name":"y","parameters":{"binary_data":false}}],"id":null,"parameters":{"priority":1},
                 "future":{"a":[1,{}]},"inputs":[{"data":[1.0,2e0],"shape":[1,2],"parameters":null,"datatype":"FP32","name":"x"}]}
                """);
    }

    @ParameterizedTest
    @MethodSource("accepted")
    void what_other_servers_take_is_taken(String body) {
        Instance.Reply reply = server.infer(body);
        assertThat(reply.status()).as(reply.error()).isEqualTo(200);
        assertThat(reply.json().at("/outputs/0/data/0").asDouble()).isEqualTo(3012);
        assertThat(reply.json().path("id").asString()).startsWith("p-");
    }

    @Test
    void a_missing_number_may_be_null_or_nan_and_comes_back_as_nan() {
        for (String missing : new String[] {"null", "\"NaN\""}) {
            Instance.Reply reply = server.infer("""
                {"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,%s]}]}\
                """.formatted(missing));
            assertThat(reply.json().at("/outputs/0/data/0").asString()).isEqualTo("NaN");
        }
    }

    @Test
    void the_content_type_does_not_matter() {
        var request = server.request("/v2/models/births/infer")
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofString(Models.row(1, 2)));
        assertThat(server.send(request).status()).isEqualTo(200);
    }

    /** A right request with one more member. */
    private static String with(String member) {
        return "{" + member + "," + Models.row(1, 2).substring(1);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("", "cannot be read as JSON|must be a JSON object"),
                arguments("{", "cannot be read as JSON (line 1"),
                arguments("[]", "must be a JSON object"),
                arguments("{}", "'inputs' is missing"),
                arguments("{\"inputs\":[]}", "'inputs' is missing or empty"),
                arguments("{\"inputs\":{}}", "'inputs' must be a list"),
                arguments(Models.row(1, 2) + "x", "cannot be read as JSON"),
                arguments(Models.row(1, 2) + "{}", "must end after"),
                arguments("{\"id\":7}", "'id' must be text"),
                arguments(with("\"id\":\"a b\""), "'a b' is not a prediction id"),
                arguments("{\"inputs\":[7]}", "inputs[0] must be an object"),
                arguments(
                        input("\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]"), "inputs[0]: 'name' is missing"),
                arguments(input("\"name\":\"x\",\"shape\":[1,2],\"data\":[1,2]"), "input 'x': 'datatype' is missing"),
                arguments(
                        input("\"name\":\"x\",\"datatype\":\"FP32\",\"data\":[1,2]"), "input 'x': 'shape' is missing"),
                arguments(
                        input("\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,2]"), "input 'x': 'data' is missing"),
                arguments(Models.row(1, 2).replace("\"x\"", "\"z\""), "the model has no input 'z'; it has [x]"));
    }

    static Stream<Arguments> refusedTensors() {
        return Stream.of(
                arguments(x("FP64", "[1,2]", "[1,2]"), "takes datatype FP32, not FP64"),
                arguments(x("FLOAT", "[1,2]", "[1,2]"), "takes datatype FP32, not FLOAT"),
                arguments(x("FP32", "[2]", "[1,2]"), "takes shape [-1, 2] (-1 is any length), not [2]"),
                arguments(x("FP32", "[1,3]", "[1,2,3]"), "not [1, 3]"),
                arguments(x("FP32", "[-1,2]", "[1,2]"), "whole numbers from 0 up"),
                arguments(x("FP32", "[1.5,2]", "[1,2]"), "whole numbers from 0 up"),
                arguments(x("FP32", "\"1,2\"", "[1,2]"), "'shape' must be a list"),
                arguments(x("FP32", "[0,2]", "[]"), "has no elements"),
                arguments(x("FP32", "[1,2]", "[1]"), "has 1 elements, its shape [1, 2] means 2"),
                arguments(x("FP32", "[1,2]", "[1,2,3]"), "has 3 elements"),
                arguments(x("FP32", "[4611686018427387904,2]", "[1,2]"), "means far more"),
                arguments(x("FP32", "[9223372036854775807,2]", "[1,2]"), "means far more"),
                arguments(x("FP32", "[99999999999999999999,2]", "[1,2]"), "whole numbers from 0 up"),
                arguments(x("FP32", "[2,2]", "[[1,2,3],[4]]"), "not rectangular"),
                arguments(x("FP32", "[2,2]", "[[1,2],3,4]"), "not rectangular"),
                arguments(x("FP32", "[2,2]", "[1,2,[3,4]]"), "not rectangular"),
                arguments(x("FP32", "[2,2]", "[[1,2,3,4]]"), "nested as [1, 4], its shape is [2, 2]"),
                arguments(x("FP32", "[1,2]", "[[[1,2]]]"), "nested as [1, 1, 2]"),
                arguments(x("FP32", "[1,2]", "7"), "'data' must be a list"),
                arguments(x("FP32", "[1,2]", "[1,\"2\"]"), "element 1 of 'data' is not a number"),
                arguments(x("FP32", "[1,2]", "[1,true]"), "element 1 of 'data' is not a number"),
                arguments(x("FP32", "[1,2]", "[1,{}]"), "may hold numbers, text"),
                arguments(x("FP32", "[1,2]", "[1,1e39]"), "element 1 of 'data' is beyond the range of FP32"),
                arguments(x("FP32", "[1,2]", "[1,1e999]"), "element 1 of 'data' is beyond the range of FP32"),
                arguments(x("FP32", "[1,2]", "[1,NaN]"), "cannot be read as JSON"),
                arguments(x("FP32", "[1,2]", "[".repeat(40) + "1" + "]".repeat(40)), "nested deeper than 16"),
                arguments(x("FP32", "[1,2]", "[".repeat(4000)), "nested deeper than 16"),
                arguments("{\"a\":" + "[".repeat(4000), "cannot be read as JSON"));
    }

    static Stream<Arguments> refusedRequests() {
        return Stream.of(
                arguments(
                        "{\"inputs\":[" + tensor("FP32", "[1,2]", "[1,2]") + "," + tensor("FP32", "[1,2]", "[1,2]")
                                + "]}",
                        "input 'x' is given twice"),
                arguments(with("\"outputs\":[{\"name\":\"q\"}]"), "the model has no output 'q'; it has [y]"),
                arguments(with("\"outputs\":[{}]"), "outputs[0]: 'name' is missing"),
                arguments(
                        with("\"parameters\":{\"event_time\":\"yesterday\"}"),
                        "must be a date like 1971-03-01 or an instant"),
                arguments(
                        with("\"parameters\":{\"event_time\":\"+1000000000-01-01T00:00:00Z\"}"), "must be a date like"),
                arguments(with("\"parameters\":{\"event_time\":5}"), "'event_time'"),
                arguments(with("\"parameters\":{\"binary_data_output\":true}"), "Binary tensors are not served yet"),
                arguments(
                        input(
                                "\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":8}"),
                        "Binary tensors are not served yet"));
    }

    @ParameterizedTest
    @MethodSource({"refused", "refusedTensors", "refusedRequests"})
    void a_wrong_body_is_the_callers_fault_and_the_message_says_what_is_wrong(String body, String message) {
        Instance.Reply reply = server.infer(body);
        assertThat(reply.status()).as(reply.error()).isEqualTo(400);
        assertThat(reply.type()).isEqualTo("application/json");
        assertThat(reply.json().propertyNames()).containsExactly("error");
        assertThat(message.split("\\|"))
                .anySatisfy(part -> assertThat(reply.error()).contains(part));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        /v2/models/other                    | There is no model 'other' here; these are served: [births]
        /v2/models/Other%20Name             | There is no model 'Other Name'
        /v2/models/other/ready              | There is no model 'other'
        /v2/models/births/versions/2        | Version 2 of model 'births' is not loaded: the champion, version 3, answers
        /v2/models/births/versions/x/ready  | There is no version 'x'
        /v2/models/births/versions/0        | There is no version '0'
        /v2/models/births/versions/99999999999 | There is no version '99999999999'
        /v2/nothing/here                    | There is nothing at /v2/nothing/here
        /v2/models/births/stats             | There is nothing at
        """)
    void what_is_not_there_is_named(String path, String message) {
        Instance.Reply reply = server.get(path);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error()).contains(message);
    }

    @Test
    void an_unknown_model_does_not_infer() {
        assertThat(server.post("/v2/models/other/infer", Models.row(1, 2)).status())
                .isEqualTo(404);
        assertThat(server.post("/v2/models/births/versions/2/infer", Models.row(1, 2))
                        .status())
                .isEqualTo(404);
        assertThat(server.post("/v2/models/births/versions/3/infer", Models.row(1, 2))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_wrong_method_is_told_the_right_one() {
        Instance.Reply get = server.get("/v2/models/births/infer");
        assertThat(get.status()).isEqualTo(405);
        assertThat(get.allow()).isEqualTo("POST");
        assertThat(get.error()).isEqualTo("GET is not allowed at /v2/models/births/infer, only POST is");
        assertThat(server.post("/v2/models/births", "{}").status()).isEqualTo(405);
        assertThat(server.post("/v2/health/ready", "{}").allow()).isEqualTo("GET");
    }

    @Test
    void a_body_that_is_too_large_is_refused_whether_or_not_its_length_is_announced() {
        byte[] large = " ".repeat(ServingRoutes.MOST_BODY + 1).getBytes(StandardCharsets.UTF_8);
        var announced = HttpRequest.BodyPublishers.ofByteArray(large);
        var chunked = HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large));
        for (var body : new HttpRequest.BodyPublisher[] {announced, chunked}) {
            Instance.Reply reply =
                    server.send(server.request("/v2/models/births/infer").POST(body));
            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.error()).contains("larger than 4194304 bytes");
        }
    }

    @Test
    void binary_tensors_are_refused_in_words() {
        var request = server.request("/v2/models/births/infer")
                .header("Inference-Header-Content-Length", "20")
                .POST(HttpRequest.BodyPublishers.ofString(Models.row(1, 2)));
        Instance.Reply reply = server.send(request);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error()).contains("Binary tensors are not served yet");
    }

    @Test
    void a_compressed_body_is_refused() {
        var request = server.request("/v2/models/births/infer")
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString(Models.row(1, 2)));
        // The server itself refuses it, before any route: the words are those of whoever configures the server.
        assertThat(server.send(request).status()).isBetween(400, 499);
    }

    private static String x(String datatype, String shape, String data) {
        return "{\"inputs\":[" + tensor(datatype, shape, data) + "]}";
    }

    private static String tensor(String datatype, String shape, String data) {
        return "{\"name\":\"x\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}".formatted(shape, datatype, data);
    }

    private static String input(String members) {
        return "{\"inputs\":[{" + members + "}]}";
    }
}
