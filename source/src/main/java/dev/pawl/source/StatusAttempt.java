package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.Jobs;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Tells the host of a commit how it stands. A host that does not answer is asked again, later each time, so many times. */
final class StatusAttempt implements Worker.Handler, AutoCloseable {
    static final String QUEUE = "source-status";

    private static final Logger LOG = System.getLogger(StatusAttempt.class.getName());
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int MOST_ATTEMPTS = 8;
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_ANSWER = 1024 * 1024;
    private static final int MOST_TOLD = 2_000;
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final Store store;
    private final Secrets secrets;
    private final ServerAddress address;
    private final Duration longest;
    private final RemoteStore remotes = new RemoteStore();
    private final StatusStore statuses = new StatusStore();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER) // the token is for nobody else
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    StatusAttempt(Store store, Secrets secrets, ServerAddress address) {
        this(store, secrets, address, LONGEST);
    }

    /** @param longest until the whole answer is there */
    StatusAttempt(Store store, Secrets secrets, ServerAddress address, Duration longest) {
        this.longest = longest;
        this.store = store;
        this.secrets = secrets;
        this.address = address;
    }

    /** How telling ended. */
    private sealed interface Answer {
        record Told() implements Answer {}

        record Refused(String why) implements Answer {}

        record Unavailable(String why) implements Answer {}
    }

    static String key(ProjectName project, CommitId commit) {
        return project + "/" + commit;
    }

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) throws InterruptedException {
        String[] key = job.key().split("/", 2);
        ProjectName project = new ProjectName(key[0]);
        CommitId commit = new CommitId(key[1]);
        Optional<Remote> remote = store.database().read(tx -> remotes.find(tx, project));
        Optional<CommitStatus> status = store.database().read(tx -> statuses.find(tx, project, commit));
        Optional<GitHost> host = remote.flatMap(it -> it.settings().host());
        if (host.isEmpty() || status.isEmpty()) {
            return _ -> {}; // disconnected meanwhile
        }
        Answer answer = tell(remote.get(), host.get(), status.get());
        return tx -> keep(tx, job, status.get(), answer);
    }

    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {
        LOG.log(Level.ERROR, "commit status " + job.key() + " was given up", error);
    }

    private void keep(Tx tx, Jobs.Job job, CommitStatus status, Answer answer) {
        switch (answer) {
            case Answer.Told _ -> statuses.told(tx, status);
            case Answer.Refused(String why) -> statuses.failed(tx, status, why);
            case Answer.Unavailable(String why) -> statuses.failed(tx, status, why);
        }
        CommitStatus now = statuses.find(tx, status.project(), status.commit()).orElseThrow();
        if (now.number() != status.number()) {
            store.jobs().add(tx, QUEUE, job.key(), "");
        } else if (answer instanceof Answer.Unavailable && now.attempts() < MOST_ATTEMPTS) {
            store.jobs().add(tx, QUEUE, job.key(), "", store.clock().now().plus(pause(now.attempts())));
        }
    }

    private static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << (2 * (attempts - 1)));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private Answer tell(Remote remote, GitHost host, CommitStatus status) throws InterruptedException {
        String secret = remote.settings().secret().orElseThrow();
        try {
            String token = secrets.require(remote.project(), secret).value();
            return send(new StatusRequest(remote, host, status, target(status)).request(token), token);
        } catch (PawlException e) {
            return new Answer.Refused(e.text());
        } catch (IllegalArgumentException e) { // whose message may hold the token
            return new Answer.Refused(
                    "The secret '%s' or the address of the API has characters that cannot be sent: set it again"
                            .formatted(secret));
        }
    }

    private Answer send(HttpRequest request, String token) throws InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWER));
        try {
            return answer(answer.get(longest.toMillis(), TimeUnit.MILLISECONDS), token);
        } catch (TimeoutException e) {
            return new Answer.Unavailable("The host does not answer within %d s".formatted(longest.toSeconds()));
        } catch (ExecutionException e) {
            String why = Optional.ofNullable(e.getCause()).orElse(e).toString();
            return new Answer.Unavailable("The host does not answer: " + why.replace(token, "***"));
        } finally {
            answer.cancel(true); // does nothing to one that is there
        }
    }

    private static Answer answer(HttpResponse<byte[]> response, String token) {
        // before it is cut: half a token is one too many
        String whole = new String(response.body(), StandardCharsets.UTF_8).replace(token, "***");
        String text = whole.substring(0, Math.min(MOST_TOLD, whole.length()));
        int code = response.statusCode();
        String said = "The host answered %d: %s".formatted(code, text);
        // GitLab says so of a state that it knows already
        if (code / 100 == 2 || (code == 400 && text.contains("Cannot transition status"))) {
            return new Answer.Told();
        }
        return code >= 500 || PASSING.contains(code) ? new Answer.Unavailable(said) : new Answer.Refused(said);
    }

    private String target(CommitStatus status) {
        return status.ciRun()
                .map(id -> address.of("api/ci/" + id))
                .orElseGet(() -> address.of("api/ci?project=" + status.project()));
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
