package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.RunAttempt;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.Runs;
import dev.pawl.pipeline.Why;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of runs: {@code GET /api/runs/{run}/steps/{step}} and what is below it. */
record StepRoutes(Runs runs, Definitions definitions, Why why, AttemptLog logs) implements HttpService {
    /** Of the answer with a piece of a log: whether it is the last one. */
    static final String LOG_OVER = "Pawl-Over";

    private static final int USUAL_ITEMS = 100;
    private static final String STEP = "/api/runs/{run}/steps/{step}";
    private static final HeaderName NEXT = HeaderNames.create("Pawl-Next");
    private static final HeaderName OVER = HeaderNames.create(LOG_OVER);

    @Override
    public void routing(HttpRules rules) {
        rules.get(STEP, (request, response) -> RingRoutes.send(response, step(request)))
                .get(STEP + "/why", this::why)
                .get(STEP + "/outputs", this::outputs)
                .get(STEP + "/items", this::items)
                .get(STEP + "/attempts", this::attempts)
                .get(STEP + "/log", this::log);
    }

    private void why(ServerRequest request, ServerResponse response) {
        RunStep step = step(request);
        RingRoutes.send(response, WhyView.of(step, why.of(step)));
    }

    private void outputs(ServerRequest request, ServerResponse response) {
        RunStep step = step(request);
        var definition = definitions.get(runs.run(step.run()).spec().definition());
        RingRoutes.send(response, Map.of("outputs", OutputView.of(step, definition.step(step.name()))));
    }

    private void items(ServerRequest request, ServerResponse response) {
        RunStep step = step(request);
        int from = (int) number(request, "from").orElse(0L).longValue();
        int limit = Math.clamp(number(request, "limit").orElse((long) USUAL_ITEMS), 1, Runs.MOST_LISTED);
        List<RunStep> items = runs.items(step.run(), step.name(), from, limit);
        Optional<Integer> next = items.size() < limit ? Optional.empty() : Optional.of(from + limit);
        RingRoutes.send(response, Map.of("items", items, "next", next));
    }

    private void attempts(ServerRequest request, ServerResponse response) {
        RingRoutes.send(response, Map.of("attempts", attempts(request)));
    }

    /** Text, from {@code ?from=} on; the headers say where the next piece begins and whether there is one. */
    private void log(ServerRequest request, ServerResponse response) {
        long from = number(request, "from").orElse(0L);
        AttemptLog.Piece piece = attempt(request)
                .map(attempt -> logs.read(attempt, from))
                .orElseGet(() -> AttemptLog.Piece.of(
                        new byte[0], from, step(request).state().isOver()));
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.header(NEXT, Long.toString(piece.next()));
        response.header(OVER, Boolean.toString(piece.over()));
        response.send(piece.text());
    }

    /** The one that is asked for, else the newest. */
    private Optional<RunAttempt> attempt(ServerRequest request) {
        Optional<Long> wanted = number(request, "attempt");
        List<RunAttempt> all = attempts(request);
        Optional<RunAttempt> found = all.stream()
                .filter(attempt -> wanted.isEmpty() || wanted.get() == attempt.number())
                .reduce((_, newer) -> newer);
        if (wanted.isPresent() && found.isEmpty()) {
            throw PawlException.notFound(
                    "no-attempt",
                    "There is no attempt %d; there are %s"
                            .formatted(
                                    wanted.get(),
                                    all.stream().map(RunAttempt::number).toList()));
        }
        return found;
    }

    /** Of the step itself, or of the item that is asked for. */
    private List<RunAttempt> attempts(ServerRequest request) {
        RunStep step = step(request);
        return runs.attempts(step.run(), step.name()).stream()
                .filter(attempt -> attempt.item().equals(step.item()))
                .toList();
    }

    private RunStep step(ServerRequest request) {
        return runs.step(
                runs.named(request.path().pathParameters().get("run")),
                new StepName(request.path().pathParameters().get("step")),
                number(request, "item").map(Math::toIntExact));
    }

    private static Optional<Long> number(ServerRequest request, String name) {
        return request.query().first(name).asOptional().map(text -> number(name, text));
    }

    private static long number(String name, String text) {
        try {
            long number = Long.parseLong(text);
            if (number >= 0 && (number <= Integer.MAX_VALUE || name.equals("from"))) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw PawlException.user("bad-query", "'%s' must be a whole number from 0 up, not '%s'".formatted(name, text));
    }
}
