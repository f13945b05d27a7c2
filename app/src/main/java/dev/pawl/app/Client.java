package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The command line's way to a server: its REST API, with the server's own words when something is wrong. */
final class Client implements AutoCloseable {
    /** The code of the error that says that nobody answers. */
    static final String NO_SERVER = "no-server";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private static final int MOST_ERROR_BYTES = 64 * 1024;

    private final URI server;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private Optional<Patience> patience = Optional.empty();

    Client(String server, Clock clock) {
        this.server = address(server);
        this.clock = clock;
    }

    private static URI address(String server) {
        try {
            URI address = URI.create(server.endsWith("/") ? server : server + "/");
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            throw badAddress(server, e);
        }
        throw badAddress(server, new IllegalArgumentException("no host"));
    }

    private static PawlException badAddress(String server, Exception e) {
        var error = PawlException.user(
                "bad-server", "--server wants an address such as http://127.0.0.1:7295, not '" + server + "'");
        error.addSuppressed(e);
        return error;
    }

    URI address() {
        return server;
    }

    /**
     * From now on, what is only read is asked for again while no server answers.
     *
     * @param shows the command that shows later what is followed
     */
    void follow(String shows, Consumer<String> remark) {
        patience = Optional.of(new Patience(server, shows, clock, remark));
    }

    JsonNode get(String path) {
        return json(read(path));
    }

    /** A piece of a log; its headers say how it goes on. */
    AttemptLog.Piece log(String path, long from) {
        HttpResponse<byte[]> piece = read(path);
        boolean over = Boolean.parseBoolean(
                piece.headers().firstValue(StepRoutes.LOG_OVER).orElse("true"));
        return AttemptLog.Piece.of(piece.body(), from, over);
    }

    byte[] bytes(String path) {
        return read(path).body();
    }

    /** Streams what is at a path. */
    void copy(String path, OutputStream target) {
        var request = HttpRequest.newBuilder(server.resolve(path)).GET();
        try (InputStream in = send(request, BodyHandlers.ofInputStream()).body()) {
            in.transferTo(target);
        } catch (IOException e) {
            throw PawlException.external("not-copied", "What is at " + path + " did not come to its end: " + e, e);
        }
    }

    /** Streams the content of an artifact, checked: a damaged one throws at its end, after its bytes. */
    void copyArtifact(Digest artifact, OutputStream target) {
        var request = HttpRequest.newBuilder(server.resolve("api/artifacts/" + artifact))
                .GET();
        MessageDigest sha = Digest.sha256();
        try (InputStream in = new DigestInputStream(
                send(request, BodyHandlers.ofInputStream()).body(), sha)) {
            in.transferTo(target);
        } catch (IOException e) {
            throw PawlException.external("no-artifact", "Artifact " + artifact + " could not be copied: " + e, e);
        }
        if (!Digest.of(sha).equals(artifact)) {
            throw PawlException.external(
                    "artifact-damaged",
                    "Artifact " + artifact + " came with another content; try again",
                    new IOException("digest"));
        }
    }

    JsonNode post(String path, Object body) {
        return json(send(HttpRequest.newBuilder(server.resolve(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body)))));
    }

    JsonNode delete(String path) {
        return json(send(HttpRequest.newBuilder(server.resolve(path)).DELETE()));
    }

    /** Asks again and again until the answer holds what is waited for, or the time is over. */
    <T> T await(String what, Duration atMost, String path, Function<JsonNode, Optional<T>> found) {
        Instant end = clock.now().plus(atMost);
        while (clock.now().isBefore(end)) {
            Optional<T> answer = found.apply(get(path));
            if (answer.isPresent()) {
                return answer.get();
            }
            pause();
        }
        throw PawlException.external(
                "timeout", "Waited " + atMost.toSeconds() + " s for " + what + ", in vain", new IOException("timeout"));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }

    private void pause() {
        try {
            clock.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PawlException.external("interrupted", "Interrupted while waiting for the server", e);
        }
    }

    private HttpResponse<byte[]> read(String path) {
        Supplier<HttpResponse<byte[]>> question =
                () -> send(HttpRequest.newBuilder(server.resolve(path)).GET());
        return patience.map(it -> it.ask(question)).orElseGet(question);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofByteArray());
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            HttpResponse<T> response = http.send(request.timeout(ANSWER).build(), body);
            if (response.statusCode() / 100 != 2) {
                throw refused(response.statusCode(), response.body());
            }
            return response;
        } catch (IOException e) {
            throw PawlException.external(
                    NO_SERVER,
                    "No Pawl server answers at " + server + why(e)
                            + ". Start one with 'pawl up', or name another with --server or PAWL_SERVER.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PawlException.external("interrupted", "Interrupted while waiting for the server", e);
        }
    }

    /** Nothing of a server that is simply not there. */
    private static String why(IOException error) {
        if (error instanceof ConnectException) {
            return error.getCause() instanceof ConnectException cause
                            && cause.getCause() instanceof UnresolvedAddressException
                    ? " (there is no such host)"
                    : "";
        }
        return error instanceof HttpTimeoutException ? " in time" : " (" + error.getMessage() + ")";
    }

    private static JsonNode json(HttpResponse<byte[]> response) {
        return Json.tree(new String(response.body(), StandardCharsets.UTF_8));
    }

    private static PawlException refused(int status, Object answer) throws IOException {
        byte[] bytes = answer instanceof InputStream in ? in.readNBytes(MOST_ERROR_BYTES) : (byte[]) answer;
        String body = new String(bytes, StandardCharsets.UTF_8);
        String text = body;
        try {
            JsonNode error = Json.tree(body).path("error");
            text = error.isString()
                    ? error.stringValue()
                    : error.path("message").asString(body);
        } catch (PawlException notJson) {
            text = "the server answered " + status + ": " + body;
        }
        return switch (status) {
            case 404 -> PawlException.notFound("server-says", text);
            case 409 -> PawlException.conflict("server-says", text);
            case 429, 413 -> PawlException.limit("server-says", text);
            case 500, 502, 503 -> PawlException.external("server-says", text, new IOException(body));
            default -> PawlException.user("server-says", text);
        };
    }
}
