package dev.pawl.serving;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.PredictionId;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Answers requests: reads, computes, records, and only then answers. Safe for use by many threads. */
final class Predictor {
    /** Calls under way at one time; the others wait for their turn, but not for ever. */
    static final int MOST_CALLS = 256;

    static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final Champions champions;
    private final PredictionLog log;
    private final Clock clock;
    private final Ids ids;
    private final Semaphore calls = new Semaphore(MOST_CALLS);

    Predictor(Champions champions, PredictionLog log, Clock clock, Ids ids) {
        this.champions = champions;
        this.log = log;
        this.clock = clock;
        this.ids = ids;
    }

    /** @return the response body */
    byte[] infer(ModelName model, Optional<Integer> version, byte[] body) {
        takeTurn();
        try {
            return answer(model, version, InferReader.read(body));
        } finally {
            calls.release();
        }
    }

    private byte[] answer(ModelName model, Optional<Integer> version, InferRequest request) {
        String id = request.id().map(given -> new PredictionId(given).value()).orElseGet(() -> "p-" + ids.next());
        Inference inference = compute(model, version, request);
        List<Prediction> predictions =
                inference.predictions(id, request.eventTime().orElseGet(clock::now));
        List<PredictionLog.Logged> logged = log.record(predictions);
        Answer answer = new Answer(id, request.outputs());
        return areNew(predictions, logged) ? answer.computed(inference) : answer.recorded(logged);
    }

    private Inference compute(ModelName model, Optional<Integer> version, InferRequest request) {
        ModelRuntime runtime = champions.hold(model, version);
        try (Arena arena = Arena.ofConfined()) {
            return Inference.of(runtime, new Binding(runtime, arena).bind(request));
        } finally {
            runtime.release();
        }
    }

    private static boolean areNew(List<Prediction> predictions, List<PredictionLog.Logged> logged) {
        if (logged.size() != predictions.size()) {
            throw new IllegalStateException(
                    "the log answered %d of %d predictions".formatted(logged.size(), predictions.size()));
        }
        for (int i = 0; i < logged.size(); i++) {
            Prediction prediction = predictions.get(i);
            if (!logged.get(i).outputs().equals(prediction.outputs())
                    || !logged.get(i).version().equals(prediction.version())) {
                return false;
            }
        }
        return true;
    }

    private void takeTurn() {
        try {
            if (!calls.tryAcquire() && !calls.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                throw PawlException.limit(
                        "busy", "%d predictions are under way already; try again in a moment".formatted(MOST_CALLS));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PawlException.limit("busy", "The prediction service is stopping; try another instance");
        }
    }
}
