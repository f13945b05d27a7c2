package dev.pawl.source;

import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;

/** Projects whose code is elsewhere: connected, asked to be fetched, disconnected. Safe for use by many threads. */
final class Remotes {
    private final Store store;
    private final GitRepositories repositories;
    private final Secrets secrets;
    private final RemoteStore remotes = new RemoteStore();

    Remotes(Store store, GitRepositories repositories, Secrets secrets) {
        this.store = store;
        this.repositories = repositories;
        this.secrets = secrets;
    }

    /**
     * From now on the repository here is a mirror.
     *
     * @param replace whether branches that are here already may be lost
     */
    Remote connect(ProjectName project, Remote.Settings settings, boolean replace) {
        settings.secret().ifPresent(name -> require(project, name));
        settings.webhookSecret().ifPresent(name -> require(project, name));
        if (!replace && find(project).isEmpty() && repositories.hasBranches(project)) {
            throw PawlException.conflict(
                    "branches-here",
                    "The repository '%s' has branches that were pushed here, and a mirror would lose them; say so with"
                                    .formatted(project)
                            + " --replace (replace), or connect another project");
        }
        return store.database().transact(tx -> {
            remotes.add(tx, project, settings, store.clock().now());
            ask(tx, project);
            return remotes.find(tx, project).orElseThrow();
        });
    }

    /** What was fetched stays, and takes pushes again. */
    void disconnect(ProjectName project) {
        if (!store.database().transact(tx -> remotes.remove(tx, project))) {
            throw notConnected(project);
        }
    }

    List<Remote> all() {
        return store.database().read(remotes::all);
    }

    Optional<Remote> find(ProjectName project) {
        return store.database().read(tx -> remotes.find(tx, project));
    }

    Remote remote(ProjectName project) {
        return find(project).orElseThrow(() -> notConnected(project));
    }

    /** A durable wish for a fetch; it outlives this process. */
    Remote fetchSoon(ProjectName project) {
        return store.database().transact(tx -> {
            ask(tx, project);
            return remotes.find(tx, project).orElseThrow(() -> notConnected(project)); // and no job is left
        });
    }

    void askWhereDue() {
        List<ProjectName> due =
                store.database().read(tx -> remotes.due(tx, store.clock().now()));
        if (!due.isEmpty()) {
            store.database().change(tx -> due.forEach(project -> ask(tx, project)));
        }
    }

    /** What a webhook's sender must know. */
    Optional<String> webhookSecret(ProjectName project) {
        return remote(project)
                .settings()
                .webhookSecret()
                .flatMap(name -> secrets.find(project, name))
                .map(Secrets.Secret::value);
    }

    /** @throws PawlException if nobody may push to this project here */
    void requirePushable(ProjectName project) {
        find(project).ifPresent(remote -> {
            throw PawlException.conflict(
                    "mirror",
                    "'%s' is a mirror of %s: push there, or end that with: pawl source disconnect %s"
                            .formatted(project, remote.settings().url(), project));
        });
    }

    private void ask(Tx tx, ProjectName project) {
        remotes.asked(tx, project);
        store.jobs().add(tx, FetchAttempt.QUEUE, project.value(), "");
    }

    private void require(ProjectName project, String name) {
        try {
            Secrets.Secret _ = secrets.require(project, name);
        } catch (PawlException e) {
            throw PawlException.user(e.code(), "'%s' cannot be connected: %s".formatted(project, e.text()));
        }
    }

    private static PawlException notConnected(ProjectName project) {
        return PawlException.notFound(
                "not-connected",
                "'%s' is not connected; pawl source connect %s URL does it".formatted(project, project));
    }
}
