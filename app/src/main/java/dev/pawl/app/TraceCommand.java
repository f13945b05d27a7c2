package dev.pawl.app;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl trace}. */
@Command(
        name = "trace",
        description = "Shows the way back from a prediction: model version, gates, run, data, package, CI run, commit.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl trace births-1972-07-04"})
final class TraceCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "PREDICTION", description = "The id of a logged prediction.")
    private String prediction = "";

    @Override
    public Integer call() {
        try (Client client = server.client()) {
            JsonNode way = client.get("api/trace?prediction=" + Client.encode(prediction));
            if (printed.asJson()) {
                printed.json(way);
                return 0;
            }
            print(way);
            return 0;
        }
    }

    private void print(JsonNode way) {
        printed.row("prediction", way.path("prediction"), " for ", way.path("event_time"), ": ", way.path("value"));
        printed.row("label", way.path("label").isNull() ? "none yet" : way.path("label"));
        printed.row("model", way.at("/version/model"), " version ", way.at("/version/number"), ", ", way.path("model"));
        for (JsonNode gate : way.path("gates")) {
            printed.row("gate", gate.path("name"), " ", gate.path("answer"), ": ", gate.path("summary"));
        }
        printed.row("run", way.path("run"), " (", way.path("reason"), "), data as of ", way.path("as_of"));
        way.path("data").properties().forEach(data -> printed.row("data", data.getKey(), " ", data.getValue()));
        printed.row("package", way.path("package_digest"));
        printed.row("definition", way.path("definition"));
        printed.row("CI run", way.path("ci_run"));
        printed.row("commit", way.path("commit"), " on ", way.path("branch"), " of ", way.path("project"));
    }
}
