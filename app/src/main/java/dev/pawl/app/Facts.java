package dev.pawl.app;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads a server's facts as they come, by the REST API. */
final class Facts {
    private static final int PAGE = 1_000;

    private final Client client;
    private long position;

    Facts(Client client) {
        this.client = client;
    }

    /** A fact as the API gives it. */
    record Seen(String type, Instant at, String text, JsonNode fact) {
        boolean is(String name) {
            return type.equals(name);
        }

        Instant instant(String field) {
            return Instant.parse(fact.path(field).stringValue());
        }
    }

    /** Those that came since the last call, oldest first. */
    List<Seen> next() {
        List<Seen> all = new ArrayList<>();
        List<Seen> page;
        do {
            page = page();
            all.addAll(page);
        } while (page.size() == PAGE);
        return all;
    }

    private List<Seen> page() {
        List<Seen> page = new ArrayList<>();
        for (JsonNode fact :
                client.get("api/facts?limit=" + PAGE + "&after=" + position).path("facts")) {
            position = fact.path("position").longValue();
            page.add(new Seen(
                    fact.path("type").stringValue(),
                    Instant.parse(fact.path("at").stringValue()),
                    fact.path("text").stringValue(),
                    fact.path("fact")));
        }
        return page;
    }
}
