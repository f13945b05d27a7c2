package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import org.eclipse.jgit.lib.Repository;

/** Where the code of projects is: tells the ledger of every commit that a branch points to. Safe for use by many threads. */
public final class SourceControl {
    public static final Schema SCHEMA = new Schema("source", SourceControl.class, 1);

    private final Store store;
    private final GitRepositories repositories;

    /** @param folder where the repositories are */
    public SourceControl(Store store, Path folder) {
        this.store = store;
        this.repositories = new GitRepositories(folder.resolve("repositories"), store);
    }

    /** Finds pushes that nobody was told of. */
    public SourceControl start() {
        repositories.start();
        return this;
    }

    public GitRepositories repositories() {
        return repositories;
    }

    /** Writes the files of a commit into a new folder and returns how many they were; links and submodules are refused. */
    public int checkOut(ProjectName project, CommitId commit, Path folder) {
        try (Repository repository = repositories.open(project)) {
            return new Checkout(repository, folder).write(commit);
        }
    }

    Instant now() {
        return store.clock().now();
    }
}
