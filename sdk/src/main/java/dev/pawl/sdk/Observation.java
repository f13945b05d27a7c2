package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * An observed call of a step: its answer tells what the step read beside what it was given.
 *
 * @param places folders and files, as real paths, whose content the step may read
 */
record Observation(List<Path> places) {
    private static final String BLIND =
            "what native code, mapped memory and other processes read, and System.currentTimeMillis()";

    /** If the request says {@code "observe":{"places":[...]}}. */
    static Optional<Observation> wanted(Map<?, ?> request) {
        if (!(request.get("observe") instanceof Map<?, ?> observe)) {
            return Optional.empty();
        }
        List<Path> places = new ArrayList<>();
        if (observe.get("places") instanceof List<?> given) {
            given.forEach(place -> places.add(Path.of(String.valueOf(place))));
        }
        return Optional.of(new Observation(List.copyOf(places)));
    }

    /** Where the JVM's recorder does not work the step runs all the same, and the answer says so. */
    WorkerAnswer of(Supplier<StepEnd> step) {
        ReadsRecorder recorder;
        try {
            recorder = ReadsRecorder.start(places);
        } catch (RuntimeException | LinkageError e) {
            return new WorkerAnswer(step.get(), nothing(e));
        }
        return new WorkerAnswer(step.get(), ended(recorder));
    }

    private static Map<String, Object> ended(ReadsRecorder recorder) {
        try {
            ReadsRecorder.Seen seen = recorder.end();
            return seen.more()
                    ? told(
                            seen.reads(),
                            List.of(BLIND, "more than " + seen.reads().size() + " reads"))
                    : told(seen.reads(), List.of(BLIND));
        } catch (RuntimeException | LinkageError e) {
            return nothing(e);
        }
    }

    private static Map<String, Object> nothing(Throwable trouble) {
        return told(List.of(), List.of("anything, as the JVM's flight recorder does not work: " + trouble));
    }

    private static Map<String, Object> told(List<SeenRead> reads, List<String> unseen) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("reads", reads.stream().map(SeenRead::json).toList());
        told.put("unseen", unseen);
        return told;
    }
}
