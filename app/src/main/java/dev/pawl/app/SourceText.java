package dev.pawl.app;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** What source control knows of a project, in words. */
final class SourceText {
    private SourceText() {}

    static int show(Printed printed, JsonNode project) {
        if (printed.asJson()) {
            printed.json(project);
            return 0;
        }
        printed.row("project", project.path("project"));
        if (!project.path("remote").isNull()) {
            printed.row("mirror of", remote(project.path("remote")));
        }
        project.path("branches").forEach(it -> printed.row("branch", it.path("name"), " at ", it.path("commit")));
        project.path("tags").forEach(it -> printed.row("tag", it.path("name"), " at ", it.path("commit")));
        project.path("protections")
                .forEach(it -> printed.row(
                        "protected",
                        it.path("pattern"),
                        it.path("review").asBoolean() ? ": merges of proposals only" : ": not deleted, not forced"));
        JsonNode rules = project.path("review_rules");
        printed.row(
                "merge takes",
                rules.path("approvals"),
                " approvals",
                rules.path("alone").asBoolean() ? ", the author's own counts" : "");
        if (rules.path("contained").asBoolean()) {
            printed.row("not reviewed", "runs in containers only");
        }
        project.path("statuses").forEach(it -> printed.row("told host", status(it)));
        return 0;
    }

    static int showRemote(Printed printed, JsonNode remote) {
        if (printed.asJson()) {
            printed.json(remote);
        } else {
            printed.row("connected", remote(remote));
        }
        return 0;
    }

    static String remote(JsonNode remote) {
        String trouble = remote.path("trouble").asString("");
        String fetched = remote.path("fetched_at").asString("");
        return "%s from %s, %s%s"
                .formatted(
                        remote.path("project").asString(),
                        remote.path("settings").path("url").asString(),
                        fetched.isEmpty() ? "not fetched yet" : "fetched " + fetched,
                        trouble.isEmpty() ? "" : "; " + trouble);
    }

    private static String status(JsonNode status) {
        boolean isTold = status.path("told").asLong() == status.path("number").asLong();
        return "%s %s%s"
                .formatted(
                        status.path("commit").asString().substring(0, 7),
                        status.path("state").asString().toLowerCase(Locale.ROOT),
                        isTold ? "" : ", not yet: " + status.path("trouble").asString("waiting"));
    }
}
