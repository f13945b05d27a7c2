package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.Runs;
import dev.pawl.pipeline.Why;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** The steps of runs: {@code GET /api/runs/{run}/steps/{step}} and what is below it. */
record StepRoutes(Runs runs, Why why) implements HttpService {
    @Override
    public void routing(HttpRules rules) {
        rules.get("/api/runs/{run}/steps/{step}/why", this::why);
    }

    private void why(ServerRequest request, ServerResponse response) {
        RunStep step = step(request);
        RingRoutes.send(response, WhyView.of(step, why.of(step)));
    }

    private RunStep step(ServerRequest request) {
        return runs.step(run(request), name(request), item(request));
    }

    private static RunId run(ServerRequest request) {
        return new RunId(request.path().pathParameters().get("run"));
    }

    private static StepName name(ServerRequest request) {
        return new StepName(request.path().pathParameters().get("step"));
    }

    private static Optional<Integer> item(ServerRequest request) {
        return request.query().first("item").asOptional().map(StepRoutes::number);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw PawlException.user("bad-query", "'item' must be a whole number from 0 up, not '" + text + "'");
        }
    }
}
