package dev.pawl.source;

import dev.pawl.kernel.PawlException;
import java.util.Arrays;
import java.util.Locale;

/** The kinds of services that host git and that Pawl knows how to talk to; Forgejo is one with Gitea here. */
public enum GitHost {
    GITHUB("x-access-token"),
    GITLAB("oauth2"),
    GITEA("pawl"),
    BITBUCKET("x-token-auth");

    private final String user;

    GitHost(String user) {
        this.user = user;
    }

    /** The name that goes with a token when git is asked over HTTP. */
    String user() {
        return user;
    }

    static GitHost of(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "github" -> GITHUB;
            case "gitlab" -> GITLAB;
            case "gitea", "forgejo" -> GITEA;
            case "bitbucket" -> BITBUCKET;
            default ->
                throw PawlException.user(
                        "bad-host",
                        "There is no host '%s'; known are forgejo, %s"
                                .formatted(
                                        name,
                                        String.join(
                                                ", ",
                                                Arrays.stream(values())
                                                        .map(it -> it.name().toLowerCase(Locale.ROOT))
                                                        .toList())));
        };
    }
}
