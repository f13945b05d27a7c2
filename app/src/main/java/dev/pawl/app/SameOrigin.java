package dev.pawl.app;

import dev.pawl.kernel.Json;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Set;

/**
 * Keeps other people's web pages off: a browser on the developer's machine reaches a server on the loopback address, and a
 * push runs code. Refuses what a browser sends for a page of another origin, and, on the loopback address, names that only a
 * rebound DNS entry gives it. Clients that are no browsers send neither.
 */
record SameOrigin(boolean loopback) implements Filter {
    private static final HeaderName FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");

    /** Pictures that other sites' pages may show; they say nothing but whether a branch passes. */
    private static final String BADGES = "/badges/";

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    static SameOrigin on(String host) {
        try {
            return new SameOrigin(InetAddress.getByName(host).isLoopbackAddress());
        } catch (UnknownHostException e) {
            return new SameOrigin(false); // listening on it will say what is wrong
        }
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        String authority = request.headers().first(HeaderNames.HOST).orElse("");
        String origin = request.headers().first(HeaderNames.ORIGIN).orElse("");
        String site = request.headers().first(FETCH_SITE).orElse("none");
        boolean isForOthers = request.path().path().startsWith(BADGES);
        if ((site.equals("cross-site") && !isForOthers) || !sameAuthority(origin, authority) || !knownName(authority)) {
            response.status(Status.FORBIDDEN_403);
            response.header(HeaderNames.CONTENT_TYPE, "application/json");
            response.send(Json.write(Map.of(
                    "error",
                    Map.of("code", "other-origin", "message", "Pages of other origins may not use this server"))));
            return;
        }
        chain.proceed();
    }

    private static boolean sameAuthority(String origin, String authority) {
        return origin.isEmpty() || origin.equals("http://" + authority) || origin.equals("https://" + authority);
    }

    private boolean knownName(String authority) {
        if (!loopback || authority.isEmpty()) {
            return true;
        }
        String host = URI.create("http://" + authority).getHost();
        return host != null && LOCAL.contains(host);
    }
}
