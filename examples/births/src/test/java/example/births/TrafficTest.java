package example.births;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficTest {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private Function<String, Integer> answer = _ -> 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void every_day_is_forecast_and_every_label_follows_when_it_is_known() {
        assertThat(traffic("--from", "1969-01-20", "--to", "1969-02-20")).isZero();

        List<String> forecasts = requests("/infer");
        assertThat(forecasts)
                .hasSize(32)
                .first()
                .asString()
                .isEqualTo("/v2/models/births/infer"
                        + " {\"id\":\"births-1969-01-20\",\"parameters\":{\"event_time\":\"1969-01-20\"},\"inputs\":"
                        + "[{\"name\":\"features\",\"shape\":[1,11],\"datatype\":\"FP32\","
                        + "\"data\":[1,20,1,20,0,9560,null,null,null,null,null]}]}");
        List<String> labels = requests("/labels");
        assertThat(labels).hasSize(4);
        assertThat(labels.getFirst())
                .isEqualTo(
                        "/api/models/births/labels {\"labels\":[{\"prediction\":\"births-1969-01-20\",\"value\":9808,"
                                + "\"known_at\":\"1969-02-03\"}]}");
        assertThat(labels.getLast()).contains("\"known_at\":\"1969-03-06\"}]}");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("{\"date\":\"1969-03-06\",\"predictions\":32,\"labels\":32}");
    }

    @Test
    void after_labels_the_loop_comes_to_rest_before_the_next_day() {
        traffic("--from", "1969-01-20", "--to", "1969-02-20");

        List<String> paths =
                requests.stream().map(request -> request.split(" ")[0]).toList();
        assertThat(paths.subList(14, 17))
                .containsExactly("/api/models/births/labels", "/api/quiet?within=120", "/v2/models/births/infer");
        assertThat(requests.get(16)).contains("births-1969-02-03");
    }

    @Test
    void a_server_that_is_unavailable_for_a_moment_is_asked_again_with_the_same_id() {
        answer = request -> request.contains("1969-01-21") && requests.size() == 2 ? 503 : 200;

        assertThat(traffic("--from", "1969-01-20", "--to", "1969-01-22")).isZero();
        assertThat(requests("/infer")).hasSize(4);
        assertThat(requests.get(1)).isEqualTo(requests.get(2)).contains("births-1969-01-21");
    }

    @Test
    void what_the_server_refuses_ends_the_replay_with_its_message() {
        answer = request -> request.contains("1969-01-21") ? 404 : 200;

        assertThat(traffic("--from", "1969-01-20", "--to", "1969-01-22")).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("/v2/models/births/infer: 404 {\"error\":\"no\"}");
    }

    @Test
    void a_loop_that_does_not_come_to_rest_ends_the_replay() {
        answer = request -> request.startsWith("/api/quiet") ? 503 : 200;

        assertThat(traffic("--from", "1969-01-20", "--to", "1969-01-22")).isOne();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("/api/quiet?within=120: 503");
    }

    @Test
    void wrong_arguments_are_explained() {
        assertThat(traffic("--from", "1969-01-20")).isEqualTo(2);
        assertThat(traffic("--from", "1968-01-01", "--to", "1969-01-22")).isEqualTo(2);
        assertThat(traffic("--from", "yesterday", "--to", "1969-01-22")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("Usage: Traffic --url", "days from 1969-01-01 to 1988-12-31", "'yesterday'");
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String request = (exchange.getRequestURI() + " " + body).strip();
        requests.add(request);
        byte[] response = "{\"error\":\"no\"}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.apply(request), response.length);
        exchange.getResponseBody().write(response);
        exchange.close();
    }

    private List<String> requests(String path) {
        return requests.stream().filter(request -> request.contains(path)).toList();
    }

    private int traffic(String... span) {
        List<String> args = new ArrayList<>(
                List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort(), "--data", "data/births.csv"));
        args.addAll(List.of(span));
        return Traffic.run(
                args.toArray(String[]::new),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
