package dev.pawl.source;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Source control over REST: projects, their remotes and rules, and the webhooks of remotes. To be registered at the root. */
public final class SourceRoutes implements HttpService {
    /** GitHub's bound; the others' are no higher. */
    private static final long MOST_HOOK_BYTES = 25L * 1024 * 1024;

    private static final int PIECE = 16 * 1024;

    private final SourceControl source;

    public SourceRoutes(SourceControl source) {
        this.source = source;
    }

    @Override
    public void routing(HttpRules rules) {
        String one = "/api/source/projects/{project}";
        rules.get("/api/source/projects", this::projects)
                .get(one, (request, response) -> send(response, source.view(project(request))))
                .get("/api/source/remotes", this::remotes)
                .post(one + "/remote", this::connect)
                .delete(one + "/remote", this::disconnect)
                .post(one + "/fetch", this::fetch)
                .post(one + "/protections", this::protect)
                .delete(one + "/protections", this::unprotect)
                .post(one + "/review-rules", this::setReviewRules)
                .post("/api/source/hooks/{project}", this::hook);
    }

    private void projects(ServerRequest request, ServerResponse response) {
        send(response, Map.of("projects", source.repositories().projects()));
    }

    private void remotes(ServerRequest request, ServerResponse response) {
        send(response, Map.of("remotes", source.remotes().all()));
    }

    private void connect(ServerRequest request, ServerResponse response) {
        RequestBody body =
                body(request, Set.of("url", "user", "secret", "webhook_secret", "host", "api", "poll", "replace"));
        var settings = new Remote.Settings(
                body.required("url"),
                body.text("user"),
                body.text("secret"),
                body.text("webhook_secret"),
                body.text("host").map(GitHost::of),
                body.text("api"),
                body.interval("poll"));
        send(
                response,
                source.remotes()
                        .connect(
                                project(request), settings, body.flag("replace").orElse(false)));
    }

    private void disconnect(ServerRequest request, ServerResponse response) {
        ProjectName project = project(request);
        source.remotes().disconnect(project);
        send(response, Map.of("project", project, "connected", false));
    }

    private void fetch(ServerRequest request, ServerResponse response) {
        response.status(Status.ACCEPTED_202);
        send(response, source.remotes().fetchSoon(project(request)));
    }

    private void protect(ServerRequest request, ServerResponse response) {
        RequestBody body = body(request, Set.of("branch", "review"));
        send(
                response,
                source.protect(
                        project(request),
                        new Protection(
                                body.required("branch"), body.flag("review").orElse(false))));
    }

    private void unprotect(ServerRequest request, ServerResponse response) {
        String branch = request.query()
                .first("branch")
                .orElseThrow(() -> PawlException.user("bad-request", "Say which: ?branch=NAME"));
        send(response, source.unprotect(project(request), branch));
    }

    private void setReviewRules(ServerRequest request, ServerResponse response) {
        RequestBody body = body(request, Set.of("approvals", "alone", "contained"));
        ReviewRules now = source.reviewRules(project(request));
        send(
                response,
                source.setReviewRules(
                        project(request),
                        new ReviewRules(
                                body.number("approvals").orElse(now.approvals()),
                                body.flag("alone").orElse(now.alone()),
                                body.flag("contained").orElse(now.contained()))));
    }

    /** What it says is only a hint: the truth is what the fetch finds. So it does not matter if it comes twice. */
    private void hook(ServerRequest request, ServerResponse response) {
        ProjectName project = project(request);
        if (!isSigned(request, source.remotes().webhookSecret(project))) {
            response.status(Status.UNAUTHORIZED_401);
            send(
                    response,
                    Map.of(
                            "error",
                            Map.of(
                                    "code",
                                    "bad-signature",
                                    "message",
                                    "The webhook is not signed with the secret that project '%s' was connected with (--webhook-secret)"
                                            .formatted(project))));
            return;
        }
        source.remotes().fetchSoon(project);
        response.status(Status.ACCEPTED_202);
        send(response, Map.of("project", project, "accepted", true));
    }

    private static boolean isSigned(ServerRequest request, Optional<String> secret) {
        Optional<WebhookSignature> signature =
                secret.map(it -> new WebhookSignature(name -> request.headers().first(HeaderNames.create(name)), it));
        if (!request.content().hasEntity()) {
            return signature.map(WebhookSignature::isRight).orElse(false);
        }
        byte[] piece = new byte[PIECE];
        try (InputStream body = new BoundedInput(request.content().inputStream(), MOST_HOOK_BYTES, "the webhook")) {
            for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
                int length = count;
                signature.ifPresent(it -> it.update(piece, length));
            }
        } catch (IOException e) {
            throw PawlException.limit("bad-webhook", "The webhook could not be read: " + e.getMessage());
        }
        return signature.map(WebhookSignature::isRight).orElse(false);
    }

    private static RequestBody body(ServerRequest request, Set<String> keys) {
        return RequestBody.read(request.content().inputStream(), keys);
    }

    private static ProjectName project(ServerRequest request) {
        return new ProjectName(request.path().pathParameters().get("project"));
    }

    private static void send(ServerResponse response, Object body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(Json.write(body).getBytes(StandardCharsets.UTF_8));
    }
}
