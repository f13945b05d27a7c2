package dev.pawl.serving;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The Open Inference Protocol V2 over HTTP and JSON, below {@code /v2}. Register it without a path. Everything that is not
 * 2xx has a body {@code {"error": "..."}}; a caller's fault is never a 5xx.
 */
public final class ServingRoutes implements HttpService {
    /** Of a request's body, in bytes. */
    public static final int MOST_BODY = 4 * 1024 * 1024;

    private static final Logger LOG = System.getLogger(ServingRoutes.class.getName());
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");
    private static final HeaderName BINARY = HeaderNames.create("Inference-Header-Content-Length");
    private static final String JSON = "application/json";
    private static final byte[] LIVE = "{\"live\":true}".getBytes(StandardCharsets.UTF_8);

    private final Champions champions;
    private final Predictor predictor;
    private final Supplier<Optional<String>> unready;
    private final Runnable stop;

    private ServingRoutes(Champions champions, Predictor predictor, Supplier<Optional<String>> unready, Runnable stop) {
        this.champions = champions;
        this.predictor = predictor;
        this.unready = unready;
        this.stop = stop;
    }

    /** Over the prediction service; whoever made it closes it. */
    public static ServingRoutes of(Serving serving) {
        return new ServingRoutes(serving.champions(), serving.predictor(), serving::unready, () -> {});
    }

    /**
     * Over one model file, without a store and without a log: for gates, which ask a real instance. The model is let go when
     * the server stops.
     *
     * @throws PawlException user, when the file cannot be read or served
     */
    public static ServingRoutes forModel(Path onnx, ModelVersion version, Clock clock, Ids ids) {
        Champions champions = new Champions();
        champions.deploy(version, () -> read(onnx));
        Predictor predictor = new Predictor(champions, PredictionLog.none(), clock, ids);
        return new ServingRoutes(champions, predictor, Optional::empty, champions::close);
    }

    /**
     * Lets the model of another file answer from now on, of those that {@link #forModel} serves. The one before it stays warm.
     *
     * @throws PawlException user, when the file cannot be read or served; nothing changes then
     */
    public void replace(Path onnx, ModelVersion version) {
        champions.deploy(version, () -> read(onnx));
    }

    @Override
    public void routing(HttpRules rules) {
        get(rules, "/v2[/]", (req, res) -> send(res, 200, Metadata.Server.pawl()));
        get(rules, "/v2/health/live", (req, res) -> send(res, 200, LIVE));
        get(rules, "/v2/health/ready", (req, res) -> sendReady(res));
        get(rules, "/v2/models", (req, res) -> send(res, 200, Metadata.Models.of(champions)));
        for (String model : new String[] {"/v2/models/{model}", "/v2/models/{model}/versions/{version}"}) {
            get(rules, model, this::sendModel);
            get(rules, model + "/ready", this::sendModelReady);
            rules.post(model + "/infer", guarded(this::infer)).any(model + "/infer", notAllowed("POST"));
        }
        rules.any("/v2/*", guarded((req, res) -> {
            throw PawlException.notFound(
                    "no-path", "There is nothing at " + req.path().path());
        }));
    }

    @Override
    public void afterStop() {
        stop.run();
    }

    private static void get(HttpRules rules, String path, Handler handler) {
        rules.get(path, guarded(handler)).any(path, notAllowed("GET"));
    }

    private void infer(ServerRequest req, ServerResponse res) throws IOException {
        if (req.headers().contains(BINARY)) {
            throw InferReader.noBinary();
        }
        byte[] body = body(req);
        send(res, 200, asked(() -> predictor.infer(model(req), version(req), body)));
    }

    private void sendReady(ServerResponse res) {
        Optional<String> reason = unready.get();
        if (reason.isEmpty()) {
            send(res, 200, Map.of("live", true, "ready", true));
        } else {
            send(res, 503, Map.of("live", true, "ready", false, "error", reason.get()));
        }
    }

    private void sendModelReady(ServerRequest req, ServerResponse res) {
        ModelRuntime runtime = asked(() -> champions.hold(model(req), version(req)));
        runtime.release();
        send(res, 200, Map.of("name", runtime.version().model().value(), "ready", true));
    }

    private void sendModel(ServerRequest req, ServerResponse res) {
        ModelRuntime runtime = asked(() -> champions.hold(model(req), version(req)));
        try {
            Champions.Place place = champions
                    .place(runtime.version().model())
                    .orElseGet(() -> new Champions.Place(runtime, Optional.empty()));
            send(res, 200, Metadata.Model.of(runtime, place));
        } finally {
            runtime.release();
        }
    }

    /** What is not found while models are still being loaded may be there in a moment. */
    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (PawlException e) {
            Optional<String> reason = unready.get();
            if (e.kind() == PawlException.Kind.NOT_FOUND && reason.isPresent()) {
                throw PawlException.limit("not-ready", "Not ready yet: " + reason.get());
            }
            throw e;
        }
    }

    private static ModelName model(ServerRequest req) {
        String name = req.path().pathParameters().get("model");
        if (!ModelName.NAME.matcher(name).matches()) {
            throw PawlException.notFound("no-model", "There is no model '%s': that is no model's name".formatted(name));
        }
        return new ModelName(name);
    }

    private static Optional<Integer> version(ServerRequest req) {
        Parameters path = req.path().pathParameters();
        if (!path.contains("version")) {
            return Optional.empty();
        }
        String given = path.get("version");
        if (!VERSION.matcher(given).matches()) {
            throw PawlException.notFound(
                    "no-version", "There is no version '%s': versions are numbers from 1 up".formatted(given));
        }
        return Optional.of(Integer.valueOf(given));
    }

    private static byte[] body(ServerRequest req) throws IOException {
        long announced = req.headers().contentLength().orElse(0);
        if (announced > MOST_BODY) {
            throw tooLarge();
        }
        try (InputStream in = req.content().inputStream()) {
            byte[] body = in.readNBytes(MOST_BODY + 1);
            if (body.length > MOST_BODY) {
                throw tooLarge();
            }
            return body;
        }
    }

    private static PawlException tooLarge() {
        return PawlException.limit(
                "too-large", "The body is larger than %d bytes; send fewer rows at once".formatted(MOST_BODY));
    }

    private static byte[] read(Path onnx) {
        try {
            return Files.readAllBytes(onnx);
        } catch (IOException e) {
            throw PawlException.user("no-model-file", "The model file %s cannot be read: %s".formatted(onnx, e));
        }
    }

    private static Handler notAllowed(String method) {
        return (req, res) -> {
            res.header(HeaderNames.ALLOW, method);
            sendError(
                    res,
                    405,
                    "%s is not allowed at %s, only %s is"
                            .formatted(
                                    req.prologue().method().text(), req.path().path(), method));
        };
    }

    /** Turns every failure into the protocol's error object. */
    private static Handler guarded(Handler handler) {
        return (req, res) -> {
            try {
                handler.handle(req, res);
            } catch (PawlException e) {
                if (e.kind() == PawlException.Kind.INTERNAL) {
                    LOG.log(Level.ERROR, e.text(), e);
                }
                sendError(res, status(e), e.text());
            } catch (HttpException e) {
                sendError(res, e.status().code(), String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "defect at " + req.path().path(), e);
                sendError(res, 500, "A defect of Pawl, recorded in its log: " + e);
            }
        };
    }

    private static int status(PawlException e) {
        return switch (e.code()) {
            case "busy", "not-ready" -> 503;
            case "too-large" -> 413;
            default -> e.kind().httpStatus();
        };
    }

    private static void sendError(ServerResponse res, int status, String text) {
        send(res, status, Map.of("error", text));
    }

    private static void send(ServerResponse res, int status, Object body) {
        send(res, status, Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    private static void send(ServerResponse res, int status, byte[] body) {
        res.status(status);
        res.header(HeaderNames.CONTENT_TYPE, JSON);
        res.send(body);
    }
}
