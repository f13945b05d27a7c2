package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl source}. */
@Command(
        name = "source",
        description = "Where a server has the code of projects from: its own repositories, or git elsewhere.",
        mixinStandardHelpOptions = true,
        subcommands = {ConnectCommand.class},
        footer = {
            "",
            "Examples:",
            "  pawl source connect births https://github.com/ada/births.git --poll 1m --secret births-token --host"
                    + " github",
            "  pawl source list",
            "  pawl source show births",
            "  pawl source protect births main --review",
            "  pawl source rules births --approvals 2"
        })
final class SourceCommand implements Callable<Integer> {
    /** Whose repository on which server. */
    static final class Place {
        @Mixin
        private ServerOption server = new ServerOption();

        @Parameters(index = "0", paramLabel = "PROJECT", description = "The project.")
        private String project = "";

        String project() {
            return project;
        }

        Client client() {
            return server.client();
        }

        String path(String what) {
            return "api/source/projects/" + Client.encode(project) + what;
        }
    }

    @Override
    public Integer call() {
        throw PawlException.user(
                "no-verb",
                "Say what to do: pawl source connect, list, show, fetch, disconnect, protect, unprotect or rules");
    }

    @Command(
            name = "list",
            description = "Lists the projects whose code is elsewhere, and how fetching it goes.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl source list --json"})
    int list(@Mixin ServerOption server, @Mixin Printed printed) {
        try (Client client = server.client()) {
            JsonNode answer = client.get("api/source/remotes");
            printed.list(
                    answer,
                    answer.path("remotes").valueStream().map(SourceText::remote).toList(),
                    "no project is connected; 'pawl source connect PROJECT URL' does it");
            return 0;
        }
    }

    @Command(
            name = "show",
            description = "Shows branches, tags, rules, and what the host of the code was told.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl source show births"})
    int show(@Mixin Place place, @Mixin Printed printed) {
        try (Client client = place.client()) {
            return SourceText.show(printed, client.get(place.path("")));
        }
    }

    @Command(
            name = "fetch",
            description = "Fetches the code of a connected project at once.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl source fetch births"})
    int fetch(@Mixin Place place, @Mixin Printed printed) {
        try (Client client = place.client()) {
            return SourceText.showRemote(printed, client.post(place.path("/fetch"), Map.of()));
        }
    }

    @Command(
            name = "disconnect",
            description = "Ends fetching; what was fetched stays, and takes pushes again.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl source disconnect births"})
    int disconnect(@Mixin Place place, @Mixin Printed printed) {
        try (Client client = place.client()) {
            JsonNode answer = client.delete(place.path("/remote"));
            if (printed.asJson()) {
                printed.json(answer);
            } else {
                printed.row("ended", place.project(), " is not connected any more");
            }
            return 0;
        }
    }

    @Command(
            name = "protect",
            description = "Protects a branch: a push neither deletes nor forces it.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl source protect births main --review"})
    int protect(
            @Mixin Place place,
            @Parameters(index = "1", paramLabel = "BRANCH", description = "The branch; a * stands for any text.")
                    String branch,
            @Option(names = "--review", description = "It takes no push at all, only 'pawl review merge'.")
                    boolean review,
            @Mixin Printed printed) {
        try (Client client = place.client()) {
            return SourceText.show(
                    printed, client.post(place.path("/protections"), Map.of("branch", branch, "review", review)));
        }
    }

    @Command(
            name = "unprotect",
            description = "Ends the protection of a branch.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl source unprotect births main"})
    int unprotect(
            @Mixin Place place,
            @Parameters(index = "1", paramLabel = "BRANCH", description = "As it was protected.") String branch,
            @Mixin Printed printed) {
        try (Client client = place.client()) {
            return SourceText.show(printed, client.delete(place.path("/protections?branch=" + Client.encode(branch))));
        }
    }

    @Command(
            name = "rules",
            description = "Says what a merge of a proposal takes, and what a commit may do that nobody reviewed.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl source rules births --approvals 2 --no-alone"})
    int rules(
            @Mixin Place place,
            @Option(
                            names = "--approvals",
                            paramLabel = "N",
                            description = "So many reviewers have to approve (first: 1).")
                    @Nullable
                    Integer approvals,
            @Option(names = "--alone", negatable = true, description = "Whether the author's own approval counts.")
                    @Nullable
                    Boolean alone,
            @Option(
                            names = "--contained",
                            negatable = true,
                            description = "Whether CI runs code that nobody reviewed in containers only.")
                    @Nullable
                    Boolean contained,
            @Mixin Printed printed) {
        Map<String, Object> body = new LinkedHashMap<>();
        if (approvals != null) {
            body.put("approvals", approvals);
        }
        if (alone != null) {
            body.put("alone", alone);
        }
        if (contained != null) {
            body.put("contained", contained);
        }
        try (Client client = place.client()) {
            return SourceText.show(printed, client.post(place.path("/review-rules"), body));
        }
    }
}
