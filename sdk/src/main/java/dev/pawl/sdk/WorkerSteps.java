package dev.pawl.sdk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** The steps that a worker was asked for, each run in a thread of its own. */
final class WorkerSteps {
    private static final int MOST_KNOWN = 1_000;

    private final Map<List<String>, StepMethod> known = new HashMap<>();
    private final ExitWatch watch = ExitWatch.start();

    /** Runs what a request asks for, to its end, however that may be. */
    WorkerAnswer run(String request) {
        try {
            if (Json.parse(request, "request") instanceof Map<?, ?> json) {
                return Observation.wanted(json)
                        .map(observation -> observation.of(() -> run(json)))
                        .orElseGet(() -> WorkerAnswer.of(run(json)));
            }
            return WorkerAnswer.of(new StepEnd.Unusable("The request is no JSON object"));
        } catch (IllegalArgumentException e) {
            return WorkerAnswer.of(new StepEnd.Unusable(String.valueOf(e.getMessage())));
        }
    }

    private StepEnd run(Map<?, ?> request) {
        String type = text(request, "class");
        String method = text(request, "method");
        if (!(request.get("call") instanceof Map<?, ?> call)) {
            throw new IllegalArgumentException("The request has no object 'call' among " + request.keySet());
        }
        Map<?, ?> secrets = request.get("secrets") instanceof Map<?, ?> given ? given : Map.of();
        return inThread(method, () -> run(type, method, call, secrets));
    }

    /** A thread of its own has no interrupt, thread local or class loader that an earlier step left. */
    private StepEnd inThread(String name, Supplier<StepEnd> step) {
        Thread.Builder thread = Thread.ofPlatform().name("step " + name);
        watch.began(name);
        StepEnd end = CompletableFuture.supplyAsync(step, thread::start)
                .exceptionally(thrown -> StepEnd.threw(name, thrown))
                .join();
        watch.ended();
        return end;
    }

    private StepEnd run(String type, String method, Map<?, ?> call, Map<?, ?> secrets) {
        try {
            StepMethod step = step(type, method);
            return new StepRunner(step, StepCall.of(call, secrets)).run(step::newPipeline);
        } catch (PipelineException e) {
            return new StepEnd.Unusable(String.valueOf(e.getMessage()));
        } catch (ContractException e) {
            return new StepEnd.Broken(method, String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            return StepEnd.threw(method, e);
        }
    }

    private StepMethod step(String type, String method) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        return known.computeIfAbsent(
                List.of(type, method), _ -> MethodReader.step(PipelineClass.classOf(type), method));
    }

    private static String text(Map<?, ?> request, String key) {
        if (request.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("The request has no text '" + key + "' among " + request.keySet());
    }
}
