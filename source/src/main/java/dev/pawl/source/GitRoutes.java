package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import io.helidon.config.Config;
import io.helidon.http.HeaderNames;
import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import io.helidon.http.encoding.spi.ContentEncodingProvider;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.UploadPack;

/**
 * Git over HTTP: {@code git clone}, {@code fetch} and {@code push} at {@code /git/<project>.git}. To be registered at the
 * root. Errors are plain text, which git shows to its user.
 */
public final class GitRoutes implements HttpService {
    private static final Logger LOG = System.getLogger(GitRoutes.class.getName());
    static final int MOST_TRANSFERS = 16;
    private static final int MOST_WAITING = 256;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final String ENDING = ".git";
    private static final String UPLOAD = "git-upload-pack";
    private static final String RECEIVE = "git-receive-pack";

    private final SourceControl source;
    private final GitRepositories repositories;
    private final CiRuns ciRuns;
    private final GitTransfer transfer;
    private final Semaphore transfers = new Semaphore(MOST_TRANSFERS, true);

    /** @param ciRuns names the CI run of a push, to whoever pushed */
    public GitRoutes(SourceControl source, CiRuns ciRuns) {
        this(source, ciRuns, GitTransfer.MOST_PACK_BYTES);
    }

    GitRoutes(SourceControl source, CiRuns ciRuns, long mostPackBytes) {
        this.source = source;
        this.repositories = source.repositories();
        this.ciRuns = ciRuns;
        this.transfer = new GitTransfer(mostPackBytes);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/git/{repository}/info/refs", told(this::advertise))
                .post("/git/{repository}/" + UPLOAD, told(this::upload))
                .post("/git/{repository}/" + RECEIVE, told(this::receive));
    }

    private void advertise(ServerRequest request, ServerResponse response) throws IOException {
        ProjectName project = project(request);
        switch (request.query().first("service").orElse("")) {
            case UPLOAD -> advertiseFetch(project, request, response);
            case RECEIVE -> advertisePush(project, response);
            default ->
                throw PawlException.user(
                        "bad-git-service", "This is a git repository for git itself: git clone, fetch or push it");
        }
    }

    private void advertiseFetch(ProjectName project, ServerRequest request, ServerResponse response)
            throws IOException {
        try (Repository repository = repositories.open(project);
                UploadPack pack = transfer.fetch(repository, protocol(request));
                OutputStream out = answer(response, "application/x-" + UPLOAD + "-advertisement")) {
            transfer.advertise(pack, UPLOAD, out);
        }
    }

    private void advertisePush(ProjectName project, ServerResponse response) throws IOException {
        source.requirePushable(project);
        try (Repository repository = repositories.openOrCreate(project);
                OutputStream out = answer(response, "application/x-" + RECEIVE + "-advertisement")) {
            transfer.advertise(transfer.push(repository, () -> source.pushRules(project)), RECEIVE, out);
        }
    }

    private void upload(ServerRequest request, ServerResponse response) throws IOException {
        try (Repository repository = repositories.open(project(request));
                UploadPack pack = transfer.fetch(repository, protocol(request));
                BoundedInput in = GitTransfer.asked(request.content().inputStream());
                OutputStream out = answer(response, "application/x-" + UPLOAD + "-result")) {
            pack.upload(in, out, null);
        }
    }

    private void receive(ServerRequest request, ServerResponse response) throws IOException {
        ProjectName project = project(request);
        source.requirePushable(project);
        Instant began = source.now();
        try (Repository repository = repositories.open(project);
                BoundedInput in = transfer.pushed(request.content().inputStream());
                OutputStream out = answer(response, "application/x-" + RECEIVE + "-result")) {
            ReceivePack pack = transfer.push(repository, () -> source.pushRules(project));
            pack.setPostReceiveHook((_, commands) -> {
                repositories.pointHeadAtBranch(project);
                repositories.reconcile(project);
                branches(commands)
                        .forEach(branch -> pack.sendMessage(message(project, branch, began, origin(request))));
            });
            receive(pack, in, out);
        } finally {
            repositories.reconcile(project); // also when the pusher hung up before the hook
        }
    }

    /** What is wrong with a push has been told to the pusher when it is thrown. */
    private static void receive(ReceivePack pack, BoundedInput in, OutputStream out) throws IOException {
        try {
            pack.receive(in, out, null);
        } catch (UnpackException | PackProtocolException e) {
            LOG.log(Level.INFO, "a push was refused: {0}", e.getMessage());
            in.drain();
        }
    }

    private static Stream<ReceiveCommand> branches(Collection<ReceiveCommand> commands) {
        return commands.stream()
                .filter(command -> command.getType() != ReceiveCommand.Type.DELETE)
                .filter(command -> command.getRefName().startsWith(Constants.R_HEADS));
    }

    private String message(ProjectName project, ReceiveCommand command, Instant began, String origin) {
        String branch = command.getRefName().substring(Constants.R_HEADS.length());
        CommitId commit = new CommitId(command.getNewId().name());
        String brief = commit.value().substring(0, 7);
        return ciRuns.await(project, branch, commit, began)
                .map(id -> "pawl: CI run %s started for %s at %s; follow it at %s/api/ci/%s"
                        .formatted(id, branch, brief, origin, id))
                .orElse("pawl: %s at %s is kept and will be checked; see %s/api/ci".formatted(branch, brief, origin));
    }

    private static ProjectName project(ServerRequest request) {
        String name = request.path().pathParameters().get("repository");
        return new ProjectName(name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name);
    }

    private static String protocol(ServerRequest request) {
        return request.headers().first(HeaderNames.create("Git-Protocol")).orElse("");
    }

    private static String origin(ServerRequest request) {
        var uri = request.requestedUri();
        return uri.scheme() + "://" + uri.authority();
    }

    private static OutputStream answer(ServerResponse response, String type) {
        response.header(HeaderNames.CONTENT_TYPE, type);
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        return response.outputStream();
    }

    /** Only so many transfers at a time, the others wait; what is wrong is told in plain text. */
    private Handler told(Handler handler) {
        return (request, response) -> {
            if (!takePlace()) {
                tell(response, PawlException.limit("git-busy", "Too many git transfers at once; try again shortly"));
                return;
            }
            try {
                handler.handle(request, response);
            } catch (PawlException e) {
                if (response.isSent()) {
                    throw e;
                }
                tell(response, e);
            } finally {
                transfers.release();
            }
        };
    }

    private boolean takePlace() throws InterruptedException {
        return transfers.getQueueLength() < MOST_WAITING
                && transfers.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void tell(ServerResponse response, PawlException e) {
        response.status(e.kind().httpStatus());
        response.header(HeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.send(("pawl: " + e.text() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Lets the server take compressed requests, which git sends when it has much to ask; without it they are refused. Found
     * by its name in META-INF/services. Answers are not compressed: packs are already.
     */
    public static final class CompressedRequests implements ContentEncodingProvider, ContentEncoding {
        @Override
        public String configKey() {
            return type();
        }

        @Override
        public ContentEncoding create(Config config, String name) {
            return this;
        }

        @Override
        public String name() {
            return type();
        }

        @Override
        public String type() {
            return "gzip-requests";
        }

        @Override
        public Set<String> ids() {
            return Set.of("gzip", "x-gzip");
        }

        @Override
        public boolean supportsEncoding() {
            return false;
        }

        @Override
        public boolean supportsDecoding() {
            return true;
        }

        @Override
        public ContentDecoder decoder() {
            return GitTransfer::unzip;
        }

        @Override
        public ContentEncoder encoder() {
            return ContentEncoder.NO_OP;
        }
    }
}
