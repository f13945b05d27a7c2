package dev.pawl.serving;

import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Who answers for each model: the champion, and the version before it, kept warm so that a rollback costs nothing. A call
 * takes hold of a runtime out of an immutable table; a deployment loads the new one first, replaces the table at once, and
 * only then lets the old one go. So no call ever finds nobody. Safe for use by many threads.
 */
final class Champions implements AutoCloseable {
    private final ReentrantLock deploying = new ReentrantLock();
    private volatile Map<ModelName, Place> table = Map.of();

    /** What answers for one model. */
    record Place(ModelRuntime champion, Optional<ModelRuntime> previous) {
        Stream<ModelRuntime> runtimes() {
            return Stream.concat(Stream.of(champion), previous.stream());
        }

        Optional<ModelRuntime> runtime(int number) {
            return runtimes()
                    .filter(runtime -> runtime.version().number() == number)
                    .findFirst();
        }
    }

    /**
     * Makes a version the champion; the one that was it stays warm beside it, and the one before that is let go. Nothing
     * changes when the version is it already, or when it cannot be loaded.
     *
     * @throws PawlException user, when the runtime cannot serve this model
     */
    void deploy(ModelVersion version, Supplier<byte[]> onnx) {
        deploying.lock();
        try {
            Optional<Place> before = place(version.model());
            if (before.filter(place -> place.champion().version().equals(version))
                    .isPresent()) {
                return;
            }
            ModelRuntime champion = before.flatMap(place -> place.runtime(version.number()))
                    .orElseGet(() -> ModelRuntime.load(version, onnx.get()));
            replace(version.model(), before, new Place(champion, before.map(Place::champion)));
        } finally {
            deploying.unlock();
        }
    }

    /** Loads the version before the champion, if it is not there: after a restart. */
    void warm(ModelVersion version, Supplier<byte[]> onnx) {
        deploying.lock();
        try {
            Optional<Place> before = place(version.model());
            if (before.flatMap(place -> place.runtime(version.number())).isEmpty()) {
                ModelRuntime previous = ModelRuntime.load(version, onnx.get());
                before.ifPresentOrElse(
                        place -> replace(version.model(), before, new Place(place.champion(), Optional.of(previous))),
                        previous::retire);
            }
        } finally {
            deploying.unlock();
        }
    }

    Optional<Place> place(ModelName model) {
        return Optional.ofNullable(table.get(model));
    }

    Optional<ModelVersion> champion(ModelName model) {
        return place(model).map(place -> place.champion().version());
    }

    List<ModelName> models() {
        return List.copyOf(table.keySet());
    }

    /**
     * Takes hold of the champion, or of the version asked for. The caller releases it.
     *
     * @throws PawlException not found, naming what does answer
     */
    ModelRuntime hold(ModelName model, Optional<Integer> number) {
        while (true) {
            Place place = place(model).orElseThrow(() -> unknown(model));
            ModelRuntime runtime = number.isEmpty() ? place.champion() : version(model, place, number.get());
            // It fails only when the table was replaced in between: the next look finds the new one.
            if (runtime.hold()) {
                return runtime;
            }
        }
    }

    private static ModelRuntime version(ModelName model, Place place, int number) {
        return place.runtime(number)
                .orElseThrow(() -> PawlException.notFound(
                        "version-not-loaded",
                        "Version %d of model '%s' is not loaded: the champion, version %d, answers%s"
                                .formatted(
                                        number,
                                        model,
                                        place.champion().version().number(),
                                        place.previous()
                                                .map(previous -> " and so does the one before it, version "
                                                        + previous.version().number())
                                                .orElse(""))));
    }

    private PawlException unknown(ModelName model) {
        return PawlException.notFound(
                "no-model", "There is no model '%s' here; these are served: %s".formatted(model, models()));
    }

    private void replace(ModelName model, Optional<Place> before, Place after) {
        Map<ModelName, Place> next = new TreeMap<>((a, b) -> a.value().compareTo(b.value()));
        next.putAll(table);
        next.put(model, after);
        table = next;
        before.stream()
                .flatMap(Place::runtimes)
                .filter(runtime -> after.runtimes().noneMatch(kept -> kept == runtime))
                .forEach(ModelRuntime::retire);
    }

    /** Lets all go; calls under way end well. */
    @Override
    public void close() {
        deploying.lock();
        try {
            Map<ModelName, Place> before = table;
            table = Map.of();
            before.values().stream().flatMap(Place::runtimes).forEach(ModelRuntime::retire);
        } finally {
            deploying.unlock();
        }
    }
}
