package dev.pawl.app;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * What a replay left behind, without ids and wall times: equal for two replays of the same history, however often the server
 * was killed in one of them.
 */
record EndState(
        List<String> versions,
        List<String> champions,
        List<String> windows,
        List<String> predictions,
        List<String> facts) {

    static EndState of(Client client, Facts facts) {
        List<String> versions = new ArrayList<>();
        for (JsonNode version : client.get("api/models/births").path("newest")) {
            versions.add(fields(version, "version", "artifact", "holdout", "as_of", "state"));
        }
        List<String> champions = new ArrayList<>();
        for (JsonNode champion : client.get("api/models/births/champions").path("champions")) {
            champions.add(fields(champion, "version", "artifact", "as_of"));
        }
        List<String> windows = new ArrayList<>();
        for (JsonNode window : client.get("api/models/births/windows").path("windows")) {
            windows.add(fields(window, "version", "from", "to", "value", "limit", "predictions", "labels"));
        }
        return new EndState(versions, champions, windows, predictions(client), counts(facts.next()));
    }

    private static List<String> predictions(Client client) {
        List<String> all = new ArrayList<>();
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = client.get("api/models/births/predictions?limit=1000"
                    + (after.isEmpty() ? "" : "&after=" + Client.encode(after)));
            for (JsonNode row : page.path("predictions")) {
                all.add(fields(row, "id", "event_time", "version", "value", "label"));
            }
            more = page.path("next").isString();
            after = page.path("next").asString("");
        }
        return all;
    }

    /** How many facts of each type: a fact too few was lost, a fact too many was done twice. */
    private static List<String> counts(List<Facts.Seen> facts) {
        var counts = new TreeMap<String, Integer>();
        facts.forEach(fact -> counts.merge(fact.type(), 1, Integer::sum));
        return counts.entrySet().stream().map(Object::toString).toList();
    }

    private static String fields(JsonNode node, String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            text.append(name).append('=').append(node.path(name)).append(' ');
        }
        return text.toString();
    }
}
