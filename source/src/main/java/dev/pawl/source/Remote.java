package dev.pawl.source;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the code of a project comes from, and how that goes.
 *
 * @param asked how often a fetch was wished for
 * @param failures how many fetches failed since the last one that did not
 * @param nextFetchAt none while a fetch is under way, and where nobody polls
 */
public record Remote(
        ProjectName project,
        Settings settings,
        long asked,
        int failures,
        Optional<Instant> nextFetchAt,
        Optional<Instant> fetchedAt,
        Optional<String> trouble,
        Instant connectedAt) {
    private static final Set<String> SCHEMES = Set.of("http", "https", "file");
    private static final Duration SHORTEST_POLL = Duration.ofSeconds(10);
    private static final Duration LONGEST_POLL = Duration.ofDays(7);
    private static final Pattern AUTHORITY = Pattern.compile("[^/?#]*//([^/?#]*)");
    private static final int LONGEST_URL = 1_000;

    /**
     * What a user says of it.
     *
     * @param user goes with the token; what the host wants, where none is given
     * @param secret names the secret that holds a token for the URL and for the host's API
     * @param webhookSecret names the secret that signs webhooks; none is taken without
     * @param host whose API is told of the state of commits; nobody is without
     * @param api the address of that API, where it is not what follows from the URL
     * @param poll none where only webhooks and people ask for a fetch
     */
    public record Settings(
            String url,
            Optional<String> user,
            Optional<String> secret,
            Optional<String> webhookSecret,
            Optional<GitHost> host,
            Optional<String> api,
            Optional<Duration> poll) {
        public Settings {
            requireUrl(url);
            api.ifPresent(Settings::requireApi);
            poll.ifPresent(Settings::requirePoll);
            if (host.isPresent() && secret.isEmpty()) {
                throw PawlException.user(
                        "no-token",
                        "A host that is told of commits wants a token: name the secret that holds it (secret,"
                                + " --secret)");
            }
        }

        URI uri() {
            return URI.create(url);
        }

        String userName() {
            return user.or(() -> host.map(GitHost::user)).orElse("pawl");
        }

        private static void requireUrl(String url) {
            URI uri = parsed(url);
            if (!SCHEMES.contains(String.valueOf(uri.getScheme())) || url.length() > LONGEST_URL) {
                throw PawlException.user(
                        "bad-url",
                        "'%s' is not an address of a git repository: https://, http:// or file://".formatted(url));
            }
            requireHost(url, uri);
        }

        /** A server's name that Java does not understand has neither host nor user: it is all one authority. */
        private static void requireHost(String url, URI uri) {
            if (!"file".equals(uri.getScheme()) && uri.getHost() == null) {
                throw PawlException.user(
                        "bad-url", "'%s' has no name of a server that could be looked up".formatted(url));
            }
        }

        /** First of all, so that nothing else repeats the password. */
        private static void requireNoPassword(String url) {
            Matcher authority = AUTHORITY.matcher(url);
            if (authority.lookingAt() && authority.group(1).contains("@")) {
                throw PawlException.user(
                        "password-in-url",
                        "The address holds a name or a password: leave them out, set the token with 'pawl secret set'"
                                + " and name that secret (secret, --secret)");
            }
        }

        private static void requireApi(String api) {
            URI uri = parsed(api);
            if (!Set.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
                throw PawlException.user("bad-api", "'%s' is not an address of an API: https://...".formatted(api));
            }
        }

        private static void requirePoll(Duration poll) {
            if (poll.compareTo(SHORTEST_POLL) < 0 || poll.compareTo(LONGEST_POLL) > 0) {
                throw PawlException.user("bad-poll", "poll must be from 10s to 7d");
            }
        }

        private static URI parsed(String url) {
            requireNoPassword(url);
            try {
                return new URI(url);
            } catch (URISyntaxException e) {
                throw PawlException.user("bad-url", "'%s' is not an address: %s".formatted(url, e.getReason()));
            }
        }
    }

    /** Whether this is what was connected then and asked for then, and nothing since. */
    boolean asIn(Remote earlier) {
        return asked == earlier.asked && connectedAt.equals(earlier.connectedAt) && settings.equals(earlier.settings);
    }
}
