package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.ProposalId;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Proposals over REST: {@code /api/source/proposals}. To be registered at the root. */
public final class ProposalRoutes implements HttpService {
    private static final int LIMIT = 100;
    private static final String ANONYMOUS = "api";

    private final SourceControl source;

    public ProposalRoutes(SourceControl source) {
        this.source = source;
    }

    @Override
    public void routing(HttpRules rules) {
        String all = "/api/source/proposals";
        rules.post(all, this::propose)
                .get(all, this::list)
                .get(
                        all + "/{id}",
                        (request, response) -> send(response, source.proposals().view(id(request))))
                .post(all + "/{id}/approve", (request, response) -> review(Review.Verdict.APPROVED, request, response))
                .post(all + "/{id}/reject", (request, response) -> review(Review.Verdict.REJECTED, request, response))
                .post(all + "/{id}/merge", this::merge)
                .post(
                        all + "/{id}/close",
                        (request, response) -> send(response, source.proposals().close(id(request))));
    }

    private void propose(ServerRequest request, ServerResponse response) {
        RequestBody body = body(request, Set.of("project", "branch", "into", "title", "by"));
        ProjectName project = new ProjectName(body.required("project"));
        source.requirePushable(project);
        send(
                response,
                source.proposals()
                        .propose(
                                project,
                                body.required("branch"),
                                body.text("into").orElse("main"),
                                body.text("title"),
                                body.text("by").orElse(ANONYMOUS)));
    }

    private void list(ServerRequest request, ServerResponse response) {
        Optional<ProjectName> project = request.query().first("project").map(ProjectName::new);
        Optional<ProposalState> state = request.query().first("state").map(ProposalRoutes::state);
        send(response, Map.of("proposals", source.proposals().list(project, state, LIMIT)));
    }

    private void review(Review.Verdict verdict, ServerRequest request, ServerResponse response) {
        RequestBody body = body(request, Set.of("by", "message", "head"));
        send(
                response,
                source.proposals()
                        .review(
                                id(request),
                                body.text("by").orElse(ANONYMOUS),
                                verdict,
                                body.text("message").orElse(""),
                                body.text("head").map(CommitId::new)));
    }

    private void merge(ServerRequest request, ServerResponse response) {
        RequestBody body = body(request, Set.of("by"));
        ProposalId id = id(request);
        source.requirePushable(source.proposals().view(id).project());
        send(response, source.merges().merge(id, body.text("by").orElse(ANONYMOUS)));
    }

    private static ProposalState state(String text) {
        try {
            return ProposalState.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw PawlException.user(
                    "bad-state",
                    "There is no state '%s'; there are %s".formatted(text, Arrays.toString(ProposalState.values())));
        }
    }

    /** The number of it will do. */
    private static ProposalId id(ServerRequest request) {
        String text = request.path().pathParameters().get("id");
        return text.matches("[0-9]{1,18}") ? ProposalId.of(Long.parseLong(text)) : new ProposalId(text);
    }

    private static RequestBody body(ServerRequest request, Set<String> keys) {
        return RequestBody.read(request.content().inputStream(), keys);
    }

    private static void send(ServerResponse response, Object body) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(Json.write(body).getBytes(StandardCharsets.UTF_8));
    }
}
