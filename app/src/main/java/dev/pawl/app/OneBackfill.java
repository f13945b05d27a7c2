package dev.pawl.app;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** A backfill on a server, and what can be done to it. */
final class OneBackfill {
    private static final Duration LONGEST = Duration.ofDays(365);

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(paramLabel = "ID", description = "The backfill's id; 'pawl backfill list' lists them.")
    private String id = "";

    int show(Printed printed) {
        try (Client client = server.client()) {
            return BackfillView.show(printed, client.get(path(id)));
        }
    }

    /** @param what is done to it */
    int ask(String what, Printed printed) {
        try (Client client = server.client()) {
            return BackfillView.show(printed, client.post(path(id) + "/" + what, Map.of()));
        }
    }

    int follow(Printed printed) {
        try (Client client = server.client()) {
            return follow(client, printed, id);
        }
    }

    /** @return 1 if not all of its runs succeeded */
    static int follow(Client client, Printed printed, String id) {
        BackfillView view = new BackfillView(printed);
        client.follow("pawl backfill show " + id, printed::remark);
        JsonNode over = client.await("the backfill's end", LONGEST, path(id), view::progress);
        BackfillView.show(printed, over);
        return over.path("state").asString("").equals("SUCCEEDED") ? 0 : 1;
    }

    private static String path(String id) {
        return "api/backfills/" + Client.encode(id);
    }
}
