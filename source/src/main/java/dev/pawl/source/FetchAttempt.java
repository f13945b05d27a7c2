package dev.pawl.source;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Jobs;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.Repository;

/**
 * Fetches the remote of one project and tells the ledger what moved. What goes wrong is kept with the remote and tried again, later each
 * time; a wish that came while a fetch was under way is fulfilled by another one.
 */
final class FetchAttempt implements Worker.Handler {
    static final String QUEUE = "source-fetch";

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    /** Without polling, a wish is given up after so many failures; the next one begins anew. */
    private static final int MOST_FAILURES = 8;

    private final Store store;
    private final GitRepositories repositories;
    private final RemoteFetch fetch;
    private final RemoteStore remotes = new RemoteStore();

    FetchAttempt(Store store, GitRepositories repositories, RemoteFetch fetch) {
        this.store = store;
        this.repositories = repositories;
        this.fetch = fetch;
    }

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) throws InterruptedException {
        ProjectName project = new ProjectName(job.key());
        Optional<Remote> found = store.database().read(tx -> remotes.find(tx, project));
        if (found.isEmpty()) {
            return _ -> {};
        }
        Remote remote = found.get();
        Optional<String> trouble = mirror(remote);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return tx -> ended(tx, remote, trouble);
    }

    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {
        ProjectName project = new ProjectName(job.key());
        remotes.find(tx, project)
                .ifPresent(
                        remote -> remotes.failed(tx, project, String.valueOf(error.getMessage()), next(remote, true)));
    }

    private Optional<String> mirror(Remote remote) {
        try (Repository repository = repositories.openOrCreate(remote.project())) {
            fetch.fetch(repository, remote);
            return Optional.empty();
        } catch (PawlException e) {
            return Optional.of(e.text());
        } finally {
            repositories.pointHeadAtBranch(remote.project());
            repositories.reconcile(remote.project()); // also of what came before it broke off
        }
    }

    private void ended(Tx tx, Remote began, Optional<String> trouble) {
        Optional<Remote> now = remotes.find(tx, began.project());
        if (now.isEmpty()) {
            return; // disconnected meanwhile
        }
        if (!now.get().asIn(began)) {
            store.jobs().add(tx, QUEUE, began.project().value(), "");
            return;
        }
        trouble.ifPresentOrElse(
                text -> remotes.failed(tx, began.project(), text, next(began, true)),
                () -> remotes.fetched(tx, began.project(), store.clock().now(), next(began, false)));
    }

    private Optional<Instant> next(Remote remote, boolean failed) {
        Instant now = store.clock().now();
        if (!failed) {
            return remote.settings().poll().map(now::plus);
        }
        int failures = Math.min(remote.failures(), MOST_FAILURES);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << failures);
        Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        return remote.settings()
                .poll()
                .map(poll -> now.plus(bounded.compareTo(poll) > 0 ? bounded : poll))
                .or(() -> failures < MOST_FAILURES ? Optional.of(now.plus(bounded)) : Optional.empty());
    }
}
