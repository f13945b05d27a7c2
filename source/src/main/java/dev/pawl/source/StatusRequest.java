package dev.pawl.source;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A commit's state in the words of the API of its host. */
final class StatusRequest {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String CONTEXT = "pawl";
    /** GitHub's bound, the narrowest. */
    private static final int LONGEST_DESCRIPTION = 140;

    private final Remote remote;
    private final GitHost host;
    private final CommitStatus status;
    private final String target;

    /** @param target where people read more */
    StatusRequest(Remote remote, GitHost host, CommitStatus status, String target) {
        this.remote = remote;
        this.host = host;
        this.status = status;
        this.target = target;
    }

    HttpRequest request(String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address())
                .timeout(LONGEST)
                .header("Content-Type", "application/json")
                .header("Accept", host == GitHost.GITHUB ? "application/vnd.github+json" : "application/json")
                .POST(BodyPublishers.ofString(Json.write(body())));
        return switch (host) {
            case GITHUB ->
                request.header("Authorization", "Bearer " + token)
                        .header("X-GitHub-Api-Version", "2022-11-28")
                        .build();
            case GITLAB -> request.header("PRIVATE-TOKEN", token).build();
            case GITEA -> request.header("Authorization", "token " + token).build();
            case BITBUCKET -> request.header("Authorization", "Bearer " + token).build();
        };
    }

    private URI address() {
        List<String> path = path();
        String commit = status.commit().value();
        String repository = String.join("/", path.subList(Math.max(0, path.size() - 2), path.size()));
        return URI.create(api()
                + switch (host) {
                    case GITHUB, GITEA -> "/repos/%s/statuses/%s".formatted(repository, commit);
                    case GITLAB ->
                        "/projects/%s/statuses/%s"
                                .formatted(URLEncoder.encode(String.join("/", path), StandardCharsets.UTF_8), commit);
                    case BITBUCKET -> "/repositories/%s/commit/%s/statuses/build".formatted(repository, commit);
                });
    }

    private String api() {
        return remote.settings()
                .api()
                .map(api -> api.endsWith("/") ? api.substring(0, api.length() - 1) : api)
                .orElseGet(this::usualApi);
    }

    private String usualApi() {
        URI uri = remote.settings().uri();
        String server = uri.getScheme() + "://" + uri.getAuthority();
        return switch (host) {
            case GITHUB -> "github.com".equals(uri.getHost()) ? "https://api.github.com" : server + "/api/v3";
            case GITLAB -> server + "/api/v4";
            case GITEA -> server + "/api/v1";
            case BITBUCKET -> "https://api.bitbucket.org/2.0";
        };
    }

    private Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("state", state());
        body.put("description", brief(status.description()));
        switch (host) {
            case GITHUB, GITEA, GITLAB -> {
                body.put("target_url", target);
                body.put("context", CONTEXT);
            }
            case BITBUCKET -> {
                body.put("url", target);
                body.put("key", CONTEXT);
                body.put("name", "Pawl");
            }
        }
        return body;
    }

    private String state() {
        return switch (host) {
            case GITHUB, GITEA ->
                switch (status.state()) {
                    case PENDING -> "pending";
                    case SUCCESS -> "success";
                    case FAILURE -> "failure";
                };
            case GITLAB ->
                switch (status.state()) {
                    case PENDING -> "pending";
                    case SUCCESS -> "success";
                    case FAILURE -> "failed";
                };
            case BITBUCKET ->
                switch (status.state()) {
                    case PENDING -> "INPROGRESS";
                    case SUCCESS -> "SUCCESSFUL";
                    case FAILURE -> "FAILED";
                };
        };
    }

    private static String brief(String text) {
        return text.length() <= LONGEST_DESCRIPTION ? text : text.substring(0, LONGEST_DESCRIPTION - 3) + "...";
    }

    private List<String> path() {
        String path = remote.settings().uri().getPath();
        List<String> parts = Stream.of(path.replaceFirst("\\.git/?$", "").split("/", -1))
                .filter(part -> !part.isEmpty())
                .toList();
        if (parts.size() < 2) {
            throw PawlException.user(
                    "no-repository-path",
                    "%s has no OWNER/REPOSITORY that its host could be told about"
                            .formatted(remote.settings().url()));
        }
        return parts;
    }
}
