package dev.pawl.app;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger.Level;
import java.util.Map;

/** What is the same for all that the server answers: who may ask, and how it says that it cannot. */
final class Guarded {
    private Guarded() {}

    static HttpRouting.Builder routing(String host) {
        return HttpRouting.builder()
                .addFilter(SameOrigin.on(host))
                .error(PawlException.class, Guarded::refuse)
                .error(Exception.class, Guarded::fail);
    }

    /** For what no route has answered. */
    static Handler nothingElse() {
        return Guarded::notFound;
    }

    private static void notFound(ServerRequest request, ServerResponse response) {
        throw PawlException.notFound(
                "no-path",
                "There is nothing at " + request.path().path() + "; docs/reference/rest-api.md lists what there is");
    }

    private static void refuse(ServerRequest request, ServerResponse response, PawlException error) {
        int status = error.kind().httpStatus();
        if (status == Status.INTERNAL_SERVER_ERROR_500.code()) {
            System.getLogger("pawl").log(Level.ERROR, request.path().path(), error);
        }
        send(response, status, error.code(), error.text());
    }

    private static void fail(ServerRequest request, ServerResponse response, Exception error) {
        System.getLogger("pawl")
                .log(Level.ERROR, "unexpected, at " + request.path().path(), error);
        send(
                response,
                Status.INTERNAL_SERVER_ERROR_500.code(),
                "internal",
                "This is a defect of Pawl; its log says more.");
    }

    private static void send(ServerResponse response, int status, String code, String message) {
        response.status(Status.create(status));
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(Json.write(Map.of("error", Map.of("code", code, "message", message))));
    }
}
