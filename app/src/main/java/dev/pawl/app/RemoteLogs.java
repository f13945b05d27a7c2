package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunAttempt;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.Runs;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The logs of the steps of a server's run, or of one of them: as they are, or as they grow. */
final class RemoteLogs {
    private static final Duration POLL = Duration.ofMillis(300);

    private final Client client;
    private final String path;
    private final Optional<String> step;
    private final Consumer<LogLine> out;
    private final Map<LogLine.Origin, FollowedLog> logs = new HashMap<>();
    private final Set<Place> whole = new HashSet<>();

    /** A step, or one of its items. */
    private record Place(StepName step, Optional<Integer> item) {
        static Place of(RunStep at) {
            return new Place(at.name(), at.item());
        }

        /** @param what of it is asked for, with the query's beginning */
        String query(String what) {
            return "/steps/" + Client.encode(step.value()) + what
                    + item.map(number -> "item=" + number).orElse("");
        }
    }

    RemoteLogs(Client client, String run, Optional<String> step, Consumer<LogLine> out) {
        this.client = client;
        this.path = "api/runs/" + Client.encode(run);
        this.step = step;
        this.out = out;
    }

    /** The run that made the one step that is asked for, if it came from the cache. */
    Optional<RunId> maker() {
        return step.map(name -> client.get(path + "/steps/" + Client.encode(name)))
                .flatMap(it -> Json.read(it.toString(), RunStep.class).cachedFrom());
    }

    /** What there is now. */
    void print() {
        print(client.get(path));
    }

    /** What there is and what comes, until the run is over. */
    void follow(Clock clock) throws InterruptedException {
        JsonNode told = client.get(path); // before the logs: what ended before is whole in them
        print(told);
        while (!Json.read(told.path("run").toString(), Run.class).state().isOver()) {
            clock.sleep(POLL);
            told = client.get(path);
            print(told);
        }
    }

    private void print(JsonNode told) {
        for (RunStep at : Json.read(told.path("steps").toString(), RunStep[].class)) {
            if (step.stream().anyMatch(name -> !name.equals(at.name().value())) || whole.contains(Place.of(at))) {
                continue;
            }
            if (told.path("items").has(at.name().value())) {
                printItems(at.name());
            }
            print(at);
        }
    }

    private void printItems(StepName name) {
        Optional<Integer> from = Optional.of(0);
        while (from.isPresent()) {
            JsonNode page = client.get(path + "/steps/" + Client.encode(name.value()) + "/items?limit="
                    + Runs.MOST_LISTED + "&from=" + from.get());
            for (RunStep item : Json.read(page.path("items").toString(), RunStep[].class)) {
                print(item);
            }
            from = page.path("next").isNumber() ? Optional.of(page.path("next").intValue()) : Optional.empty();
        }
    }

    private void print(RunStep at) {
        Place place = Place.of(at);
        if (at.attempt() > 0 && !whole.contains(place)) {
            JsonNode attempts = client.get(path + place.query("/attempts?")).path("attempts");
            List.of(Json.read(attempts.toString(), RunAttempt[].class)).forEach(attempt -> print(place, attempt));
        }
        if (at.state().isOver()) {
            whole.add(place);
        }
    }

    private void print(Place place, RunAttempt attempt) {
        FollowedLog log = logs.computeIfAbsent(LogLine.Origin.of(attempt), _ -> new FollowedLog());
        if (!log.isWhole()) {
            String asked = path + place.query("/log?attempt=" + attempt.number() + "&") + "&from=";
            log.more(from -> client.log(asked + from, from)).forEach(line -> out.accept(LogLine.of(attempt, line)));
        }
    }
}
