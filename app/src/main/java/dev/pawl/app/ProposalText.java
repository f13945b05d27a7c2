package dev.pawl.app;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A proposal in words. */
final class ProposalText {
    private static final int BRIEF = 7;

    private ProposalText() {}

    static int show(Printed printed, JsonNode proposal) {
        if (printed.asJson()) {
            printed.json(proposal);
            return 0;
        }
        printed.row("proposal", proposal.path("id"), ": ", proposal.path("title"));
        printed.row(
                "merges", proposal.path("branch"), " into ", proposal.path("target"), " of ", proposal.path("project"));
        printed.row("author", proposal.path("author"));
        printed.row("head", proposal.path("head"));
        printed.row("stands", standing(proposal));
        printed.row("CI", ci(proposal.path("ci")));
        printed.row(
                "approved",
                "%d of %d"
                        .formatted(
                                proposal.path("approved_by").size(),
                                proposal.path("approvals_needed").asInt()),
                names(proposal.path("approved_by")));
        proposal.path("reviews").forEach(review -> printed.row("review", review(proposal, review)));
        if (!proposal.path("merged").isNull()) {
            printed.row("merged", "as ", proposal.path("merged"), " by ", proposal.path("merged_by"));
        }
        return 0;
    }

    static List<String> table(JsonNode proposals) {
        if (proposals.isEmpty()) {
            return List.of();
        }
        TextTable table = new TextTable(List.of("PROPOSAL", "PROJECT", "BRANCH", "INTO", "BY", "STANDS", "TITLE"));
        proposals.forEach(it -> table.add(List.of(
                it.path("id").asString(),
                it.path("project").asString(),
                it.path("branch").asString(),
                it.path("target").asString(),
                it.path("author").asString(),
                standing(it),
                it.path("title").asString().lines().findFirst().orElse(""))));
        return table.lines();
    }

    private static String standing(JsonNode proposal) {
        return proposal.path("standing").asString().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String ci(JsonNode ci) {
        return ci.isNull()
                ? "has not said anything of this head"
                : ci.path("passed").asBoolean()
                        ? "passed (" + ci.path("ci_run").asString() + ")"
                        : "failed (%s): %s"
                                .formatted(
                                        ci.path("ci_run").asString(),
                                        ci.path("because").asString());
    }

    private static String names(JsonNode people) {
        return people.isEmpty()
                ? ""
                : " ("
                        + String.join(
                                ", ",
                                people.valueStream().map(JsonNode::asString).toList()) + ")";
    }

    private static String review(JsonNode proposal, JsonNode review) {
        String head = review.path("head").asString();
        String of = head.equals(proposal.path("head").asString()) ? "" : ", of " + head.substring(0, BRIEF) + ": void";
        String message = review.path("message").asString();
        return review.path("reviewer").asString() + " "
                + review.path("verdict").asString().toLowerCase(Locale.ROOT) + of
                + (message.isEmpty() ? "" : ": " + message);
    }
}
