package dev.pawl.app;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.Runs.ItemCount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A run on a server, looked at from here. */
record RemoteRun(Client client, String id) {
    private static final Duration POLL = Duration.ofMillis(300);
    private static final Duration A_YEAR = Duration.ofDays(365);

    Definition definition() {
        Run run = progress(Instant.EPOCH).run();
        byte[] text = client.bytes("api/artifacts/" + run.spec().definition());
        return Json.read(new String(text, StandardCharsets.UTF_8), Definition.class);
    }

    /** @param watch is shown the run again and again meanwhile, and at the end */
    Run await(Optional<Duration> within, Consumer<RunProgress> watch) throws InterruptedException {
        Clock clock = Clock.system();
        Instant end = clock.now().plus(within.orElse(A_YEAR));
        while (true) {
            RunProgress progress = progress(clock.now());
            watch.accept(progress);
            if (progress.run().state().isOver()) {
                return progress.run();
            } else if (clock.now().isAfter(end)) {
                throw PawlException.external(
                        "timeout",
                        "Run %s is still %s; it goes on without this command"
                                .formatted(id, progress.run().state()),
                        new IOException("timeout"));
            }
            clock.sleep(POLL);
        }
    }

    private RunProgress progress(Instant now) {
        JsonNode answer = client.get("api/runs/" + id);
        Map<StepName, ItemCount> items = new HashMap<>();
        answer.path("items")
                .properties()
                .forEach(count -> items.put(
                        new StepName(count.getKey()), Json.read(count.getValue().toString(), ItemCount.class)));
        return new RunProgress(
                Json.read(answer.path("run").toString(), Run.class),
                List.of(Json.read(answer.path("steps").toString(), RunStep[].class)),
                items,
                List.of(),
                now);
    }
}
