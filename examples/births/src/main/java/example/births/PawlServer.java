package example.births;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * Pawl over HTTP. A server that is down or starting is tried again, with the same ids: what it had already taken it does not take
 * twice.
 */
final class PawlServer {
    private static final int MOST_TRIES = 60;
    private static final long MILLIS_BETWEEN_TRIES = 500;
    private static final int UNAVAILABLE = 503;
    private static final int MOST_QUIET_SECONDS = 120;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI url;
    private final String model;

    /** What really happened on a day, and when it became known. */
    record Label(LocalDate day, double value, LocalDate knownAt) {}

    /** The server said no, or nothing at all. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    PawlServer(URI url, String model) {
        this.url = url;
        this.model = model;
    }

    /** Asks for the forecast of a day. */
    void predict(LocalDate day, double[] features) {
        String data = Arrays.stream(features).mapToObj(PawlServer::number).collect(Collectors.joining(","));
        post("/v2/models/" + model + "/infer", """
            {"id":"%s","parameters":{"event_time":"%s"},"inputs":[{"name":"features","shape":[1,%d],"datatype":"FP32","data":[%s]}]}\
            """.formatted(id(day), day, features.length, data));
    }

    /** Says what really happened. */
    void label(List<Label> labels) {
        String items = labels.stream()
                .map(label -> "{\"prediction\":\"%s\",\"value\":%s,\"known_at\":\"%s\"}"
                        .formatted(id(label.day()), number(label.value()), label.knownAt()))
                .collect(Collectors.joining(","));
        post("/api/models/" + model + "/labels", "{\"labels\":[" + items + "]}");
    }

    /** Waits until Pawl has digested everything: windows closed, models trained, gates passed, champions changed. */
    void awaitQuiet() {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/api/quiet?within=" + MOST_QUIET_SECONDS))
                .timeout(PATIENCE.plusSeconds(MOST_QUIET_SECONDS))
                .GET()
                .build();
        send(request, _ -> false);
    }

    private void post(String path, String json) {
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build();
        send(request, status -> status == UNAVAILABLE);
    }

    /** @param passing statuses that may pass, so that it is worth trying again */
    private void send(HttpRequest request, IntPredicate passing) {
        String failure = "";
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            try {
                HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() / 100 == 2) {
                    return;
                }
                failure = response.statusCode() + " " + response.body().strip();
                if (!passing.test(response.statusCode())) {
                    break;
                }
            } catch (IOException e) {
                failure = e.toString();
            } catch (InterruptedException e) {
                throw new Refused("Interrupted");
            }
            pause();
        }
        throw new Refused(request.method() + " " + request.uri() + ": " + failure);
    }

    private static void pause() {
        try {
            Thread.sleep(MILLIS_BETWEEN_TRIES);
        } catch (InterruptedException e) {
            throw new Refused("Interrupted");
        }
    }

    private String id(LocalDate day) {
        return model + "-" + day;
    }

    /** JSON has no NaN: a missing value is null. */
    private static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return Double.isNaN(value) ? "null" : whole ? Long.toString((long) value) : Double.toString(value);
    }
}
