package dev.pawl.app;

import dev.pawl.kernel.PawlException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl review}. */
@Command(
        name = "review",
        description = "Shows proposals to merge branches, says yes or no to them, and merges them.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl review list",
            "  pawl review show 7",
            "  pawl review approve 7 --as bob --message 'Reads well'",
            "  pawl review reject 7 --as bob --message 'Looks ahead: uses the label of the day'",
            "  pawl review merge 7"
        })
final class ReviewCommand implements Callable<Integer> {
    /** Which one. */
    static final class One {
        @Mixin
        private ServerOption server = new ServerOption();

        @Parameters(paramLabel = "ID", description = "The proposal, or its number.")
        private String id = "";

        private String path() {
            return "api/source/proposals/" + Client.encode(id);
        }

        int show(Printed printed) {
            try (Client client = server.client()) {
                return ProposalText.show(printed, client.get(path()));
            }
        }

        int ask(String what, Map<String, Object> body, Printed printed) {
            try (Client client = server.client()) {
                return ProposalText.show(printed, client.post(path() + "/" + what, body));
            }
        }
    }

    /** What a reviewer says. */
    static final class Word {
        @Mixin
        private Person person = new Person();

        @Option(names = "--message", paramLabel = "TEXT", description = "Kept with it.")
        private @Nullable String message;

        @Option(
                names = "--head",
                paramLabel = "COMMIT",
                description = "What was looked at: if the branch has moved since, nothing is said.")
        private @Nullable String head;

        Map<String, Object> body() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("by", person.name());
            Optional.ofNullable(message).ifPresent(text -> body.put("message", text));
            Optional.ofNullable(head).ifPresent(commit -> body.put("head", commit));
            return body;
        }
    }

    @Override
    public Integer call() {
        throw PawlException.user("no-verb", "Say what to do: pawl review list, show, approve, reject, merge or close");
    }

    @Command(
            name = "list",
            description = "Lists proposals, newest first.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl review list --for births --state open"})
    int list(
            @Mixin ServerOption server,
            @Mixin Printed printed,
            @Option(names = "--for", paramLabel = "PROJECT", description = "Of this project (default: of all).")
                    @Nullable
                    String project,
            @Option(
                            names = "--state",
                            paramLabel = "STATE",
                            description = "open, merging, merged or closed (default: any).")
                    @Nullable
                    String state) {
        String query = "?" + (project == null ? "" : "project=" + Client.encode(project) + "&")
                + (state == null ? "" : "state=" + Client.encode(state));
        try (Client client = server.client()) {
            JsonNode answer = client.get("api/source/proposals" + query);
            printed.list(
                    answer,
                    ProposalText.table(answer.path("proposals")),
                    "there is no such proposal; 'pawl propose BRANCH' makes one");
            return 0;
        }
    }

    @Command(
            name = "show",
            description = "Shows a proposal: its head, what CI and reviewers say of it, and how it stands.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl review show 7"})
    int show(@Mixin One it, @Mixin Printed printed) {
        return it.show(printed);
    }

    @Command(
            name = "approve",
            description = "Says yes to the head of a proposal; void as soon as that moves.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl review approve 7 --as bob"})
    int approve(@Mixin One it, @Mixin Word word, @Mixin Printed printed) {
        return it.ask("approve", word.body(), printed);
    }

    @Command(
            name = "reject",
            description = "Says no to the head of a proposal: it is not merged until the head moves or you approve.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl review reject 7 --as bob --message 'Looks ahead'"})
    int reject(@Mixin One it, @Mixin Word word, @Mixin Printed printed) {
        return it.ask("reject", word.body(), printed);
    }

    @Command(
            name = "merge",
            description = "Merges a proposal that CI passed and reviewers approved.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl review merge 7 --as eve"})
    int merge(@Mixin One it, @Mixin Person person, @Mixin Printed printed) {
        return it.ask("merge", Map.of("by", person.name()), printed);
    }

    @Command(
            name = "close",
            description = "Withdraws a proposal; its branch stays.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  pawl review close 7"})
    int close(@Mixin One it, @Mixin Printed printed) {
        return it.ask("close", Map.of(), printed);
    }
}
