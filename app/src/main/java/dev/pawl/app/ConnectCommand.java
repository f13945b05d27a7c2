package dev.pawl.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pawl source connect}. */
@Command(
        name = "connect",
        description = "Fetches the code of a project from elsewhere from now on; the repository here becomes a mirror.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl source connect births https://git.example.org/ada/births.git --poll 1m",
            "  pawl source connect births https://github.com/ada/births.git --webhook-secret hook --secret token"
                    + " --host github"
        })
final class ConnectCommand implements Callable<Integer> {
    @Mixin
    private SourceCommand.Place place = new SourceCommand.Place();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(index = "1", paramLabel = "URL", description = "Its address: https://, http:// or file://.")
    private String url = "";

    @Option(
            names = "--poll",
            paramLabel = "INTERVAL",
            description =
                    "Fetches so often: a number with s, m, h or d, from 10s on (default: only when asked or told).")
    private @Nullable String poll;

    @Option(
            names = "--secret",
            paramLabel = "NAME",
            description = "The secret of the server that holds a token, for git and for the host's API.")
    private @Nullable String secret;

    @Option(names = "--user", paramLabel = "NAME", description = "Goes with the token (default: as the host wants it).")
    private @Nullable String user;

    @Option(
            names = "--webhook-secret",
            paramLabel = "NAME",
            description = "The secret of the server that signs webhooks (default: none is taken).")
    private @Nullable String webhookSecret;

    @Option(
            names = "--host",
            paramLabel = "KIND",
            description = "github, gitlab, gitea, forgejo or bitbucket: is told how commits stand; wants --secret.")
    private @Nullable String host;

    @Option(
            names = "--api",
            paramLabel = "URL",
            description = "Where the host's API is (default: follows from --host and URL).")
    private @Nullable String api;

    @Option(names = "--replace", description = "Branches that were pushed here may be lost.")
    private boolean replace;

    @Override
    public Integer call() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("url", url);
        body.put("replace", replace);
        put(body, "poll", poll);
        put(body, "secret", secret);
        put(body, "user", user);
        put(body, "webhook_secret", webhookSecret);
        put(body, "host", host);
        put(body, "api", api);
        try (Client client = place.client()) {
            return SourceText.showRemote(printed, client.post(place.path("/remote"), body));
        }
    }

    private static void put(Map<String, Object> body, String key, @Nullable String value) {
        Optional.ofNullable(value).ifPresent(text -> body.put(key, text));
    }
}
