package dev.pawl.app;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code pawl facts}. */
@Command(
        name = "facts",
        description = "Lists the newest facts of the ledger, oldest of them first.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  pawl facts --last 20"})
final class FactsCommand implements Callable<Integer> {
    @Mixin
    private ServerOption server = new ServerOption();

    @Mixin
    private Printed printed = new Printed();

    @Option(names = "--last", defaultValue = "50", description = "How many, 1000 at most (default: ${DEFAULT-VALUE}).")
    private int last;

    @Override
    public Integer call() {
        Last.require(last, RingRoutes.MOST_FACTS);
        try (Client client = server.client()) {
            JsonNode answer = client.get("api/facts?limit=" + last);
            List<String> lines =
                    answer.path("facts").valueStream().map(FactsCommand::line).toList();
            printed.list(answer, lines.reversed(), "the ledger has no fact yet; push a project: 'pawl up' says how");
            return 0;
        }
    }

    private static String line(JsonNode fact) {
        return "%6d  %s  %-10s %s"
                .formatted(
                        fact.path("position").longValue(),
                        fact.path("at").stringValue(),
                        fact.at("/fact/project").asString(),
                        fact.path("text").stringValue());
    }
}
