package dev.pawl.app;

import dev.pawl.experiment.StartedSweep;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ProjectName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The sweeps of a server, as its client sees them. */
record ServerSweeps(Client client, Printed printed) {
    SweepView begin(ProjectName project, String environment, Map<String, Object> body) {
        return view(client.post(
                "api/projects/%s/environments/%s/sweeps".formatted(project, Client.encode(environment)), body));
    }

    /** To its end, or until it is cancelled by somebody. */
    int follow(SweepView begun) {
        var progress = new SweepProgress(printed);
        progress.started(begun);
        client.follow("pawl sweeps " + begun.sweep(), printed::remark);
        SweepView over = client.await(
                "the sweep's end",
                Duration.ofDays(365),
                path(begun.sweep().value()),
                json -> Optional.of(view(json)).filter(view -> {
                    progress.show(view);
                    return view.state() != StartedSweep.State.RUNNING;
                }));
        return progress.end(over, "pawl sweep resume " + over.sweep());
    }

    /** Newest first, without trials. */
    List<SweepView> newest(int limit) {
        return client.get("api/sweeps")
                .path("sweeps")
                .valueStream()
                .limit(limit)
                .map(ServerSweeps::view)
                .toList();
    }

    SweepView get(String id) {
        return view(client.get(path(id)));
    }

    SweepView cancel(String id) {
        return view(client.post(path(id) + "/cancel", Map.of("reason", "the sweep was cancelled by hand")));
    }

    SweepView resume(String id) {
        return view(client.post(path(id) + "/resume", Map.of()));
    }

    private static String path(String id) {
        return "api/sweeps/" + Client.encode(id);
    }

    private static SweepView view(JsonNode json) {
        return Json.read(json.toString(), SweepView.class);
    }
}
