package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What goes with packages over REST: below {@code /api/packages}. To be registered at the root, before that of CI. */
public final class PackagingRoutes implements HttpService {
    private static final String JSON = "application/json";
    private static final int LARGEST_BODY = 4_096;

    private final Packaging packaging;

    public PackagingRoutes(Packaging packaging) {
        this.packaging = packaging;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/packages/key", (_, response) -> key(response))
                .get(
                        "/api/packages/{digest}/record",
                        (request, response) -> send(response, JSON, Json.write(packaging.record(digest(request)))))
                .get(
                        "/api/packages/{digest}/sbom",
                        (request, response) -> send(response, Sbom.MEDIA_TYPE, packaging.sbom(digest(request))))
                .get(
                        "/api/packages/{digest}/provenance",
                        (request, response) -> send(response, JSON, packaging.provenance(digest(request))))
                .get("/api/packages/{digest}/image", this::image)
                .post("/api/packages/{digest}/push", this::push)
                .get("/api/packages/{digest}/archive", this::archive);
    }

    private void key(ServerResponse response) {
        send(response, "application/x-pem-file", packaging.key().pem());
    }

    private void image(ServerRequest request, ServerResponse response) {
        Digest digest = digest(request);
        packaging.requireImage(digest);
        stream(response, out -> packaging.image(digest, out));
    }

    private record PushBody(Optional<String> to, Optional<String> secret) {}

    private void push(ServerRequest request, ServerResponse response) {
        PushBody body = body(request);
        String to = body.to()
                .orElseThrow(() -> PawlException.user(
                        "bad-request",
                        "The body must be {\"to\": \"registry.example.org/births:1\", \"secret\": \"NAME\"}"));
        try {
            Made.Image image = packaging.push(digest(request), to, body.secret());
            send(response, JSON, Json.write(Map.of("pushed", to, "digest", image.digest())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PawlException.external("interrupted", "The server is about to stop", e);
        }
    }

    private static PushBody body(ServerRequest request) {
        try (InputStream in = request.content().inputStream()) {
            return Json.read(new String(in.readNBytes(LARGEST_BODY), StandardCharsets.UTF_8), PushBody.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void archive(ServerRequest request, ServerResponse response) {
        Digest digest = digest(request);
        packaging.record(digest);
        boolean withImage =
                request.query().first("image").filter("true"::equals).isPresent();
        stream(response, out -> packaging.export(digest, withImage, out));
    }

    private static void stream(ServerResponse response, Consumer<OutputStream> content) {
        response.header(HeaderNames.CONTENT_TYPE, "application/x-tar");
        try (OutputStream out = response.outputStream()) {
            content.accept(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Digest digest(ServerRequest request) {
        return new Digest(request.path().pathParameters().get("digest"));
    }

    private static void send(ServerResponse response, String type, String body) {
        response.header(HeaderNames.CONTENT_TYPE, type);
        response.send(body.getBytes(StandardCharsets.UTF_8));
    }
}
