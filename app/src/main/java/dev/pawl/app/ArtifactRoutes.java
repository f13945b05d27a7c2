package dev.pawl.app;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** What was kept, by content: {@code GET /api/artifacts/{digest}}. */
record ArtifactRoutes(Artifacts artifacts) implements HttpService {
    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/artifacts/{digest}", this::artifact);
    }

    private void artifact(ServerRequest request, ServerResponse response) {
        Digest digest = new Digest(request.path().pathParameters().get("digest"));
        if (!artifacts.has(digest)) {
            throw PawlException.notFound("no-artifact", "There is no artifact " + digest);
        }
        // Other people made it: a browser keeps it, and does not open it as a page of this server.
        response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
        try (OutputStream out = response.outputStream()) {
            artifacts.copyTo(digest, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
