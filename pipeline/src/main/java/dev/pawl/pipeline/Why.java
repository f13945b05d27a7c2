package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import dev.pawl.store.Store;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Says in words why a step of a run was run, or was not: what differed from the nearest earlier run of the step. */
public final class Why {
    private static final int MOST_COMPARED = 50;

    private final Store store;
    private final WhyStore rows = new WhyStore();
    private final CodeDifference code;

    public Why(Store store) {
        this.store = store;
        this.code = new CodeDifference(new Runs(store), new Definitions(store.artifacts()), store.artifacts());
    }

    /**
     * @param nearest the earlier run that differs least, the newest of them; empty if there is none
     * @param differences in words; empty if the keys are equal
     */
    public record Answer(StepState state, Optional<RunId> nearest, List<String> differences, String summary) {}

    public Answer of(RunStep step) {
        Optional<JsonNode> parts = step.keyParts();
        if (parts.isEmpty()) {
            return new Answer(step.state(), Optional.empty(), List.of(), withoutKey(step));
        }
        List<WhyStore.Earlier> earlier =
                store.database().read(tx -> rows.earlier(tx, step.run(), step.name(), step.item(), MOST_COMPARED));
        return earlier.stream()
                .map(other -> new Compared(other, CacheKeyDifference.between(other.keyParts(), parts.get())))
                .min(Comparator.comparingInt(compared -> compared.differences().size()))
                .map(nearest -> answer(step, withFiles(nearest, parts.get(), step)))
                .orElseGet(() -> new Answer(
                        step.state(),
                        Optional.empty(),
                        List.of(),
                        "It never ran before in this project: there was nothing to reuse."));
    }

    private record Compared(WhyStore.Earlier earlier, List<String> differences) {}

    private Compared withFiles(Compared compared, JsonNode parts, RunStep step) {
        WhyStore.Earlier earlier = compared.earlier();
        if (earlier.keyParts().path("code").equals(parts.path("code"))) {
            return compared;
        }
        List<String> files = code.between(earlier.run(), step.run(), step.name());
        return new Compared(earlier, CacheKeyDifference.between(earlier.keyParts(), parts, files));
    }

    private static Answer answer(RunStep step, Compared nearest) {
        RunId run = nearest.earlier().run();
        String summary = step.state() == StepState.CACHED
                ? "It did not run: run " + step.cachedFrom().orElse(run) + " had made the same outputs."
                : nearest.differences().isEmpty()
                        ? "Nothing that counts differs from run " + run + ", but it ran again: "
                                + again(nearest.earlier())
                        : "It ran because, compared with run " + run + ", " + String.join("; ", nearest.differences())
                                + ".";
        return new Answer(step.state(), Optional.of(run), nearest.differences(), summary);
    }

    private static String again(WhyStore.Earlier earlier) {
        return switch (earlier.state()) {
            case SUCCEEDED, CACHED ->
                "its cache is off (cache: false), or the earlier outputs were missing or damaged.";
            case FAILED, CANCELLED, SKIPPED, WAITING, READY, RUNNING, PAUSING ->
                "the earlier one is " + earlier.state().name().toLowerCase(Locale.ROOT) + " and gave nothing to reuse.";
        };
    }

    private static String withoutKey(RunStep step) {
        return switch (step.state()) {
            case SKIPPED, FAILED -> step.error().orElse("It has no key.");
            case CACHED ->
                "It was taken over from run "
                        + step.cachedFrom().map(RunId::value).orElse("another")
                        + ", which this run resumes, or the newest one where this run did not ask for the step.";
            case WAITING, READY, RUNNING, PAUSING -> "It has not run yet.";
            case SUCCEEDED -> "It ran for each of its items; ask about one of them (--item 0).";
            case CANCELLED -> "It was cancelled before it ran.";
        };
    }
}
