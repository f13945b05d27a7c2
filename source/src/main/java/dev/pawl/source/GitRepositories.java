package dev.pawl.source;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * The bare git repositories that Pawl hosts, one a project, {@code <project>.git} in one folder. Their branches move when
 * git says so; {@link #reconcile} tells the ledger. Safe for use by many threads.
 */
public final class GitRepositories {
    private static final String ENDING = ".git";
    private static final String UNFINISHED = ".new-";
    private static final String UNFINISHED_PACK = "incoming_";
    private static final String LOCK = ".lock";
    private static final List<String> FAVOURITE_BRANCHES = List.of("main", "master");

    private final Path folder;
    private final Store store;
    private final BranchStore branches;

    GitRepositories(Path folder, Store store) {
        GitSystem.use();
        this.folder = folder;
        this.store = store;
        this.branches = new BranchStore(store.ledger());
    }

    /** Removes what was cut short. To be called before anybody can move a branch. */
    void cleanUp() {
        Folders.make(folder);
        Folders.entries(folder).stream()
                .filter(path -> path.getFileName().toString().startsWith(UNFINISHED))
                .forEach(Folders::delete);
        projects().forEach(this::deleteUnfinishedPacks);
        projects().forEach(this::deleteLocks);
    }

    /** Tells the ledger of every push that it does not know of yet. */
    void start() {
        projects().forEach(this::reconcile);
    }

    /** What a push or a fetch had received when its server was killed. */
    private void deleteUnfinishedPacks(ProjectName project) {
        Folders.entries(path(project).resolve("objects")).stream()
                .filter(file -> file.getFileName().toString().startsWith(UNFINISHED_PACK))
                .forEach(Folders::delete);
    }

    /** What a server that was killed was about to write: nobody else would ever let go of it. No branch's name ends so. */
    private void deleteLocks(ProjectName project) {
        Path repository = path(project);
        Stream.concat(Folders.entries(repository).stream(), Folders.files(repository.resolve("refs")).stream())
                .filter(file -> file.getFileName().toString().endsWith(LOCK) && Files.isRegularFile(file))
                .forEach(Folders::delete);
    }

    public List<ProjectName> projects() {
        return Folders.entries(folder).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.endsWith(ENDING))
                .map(name -> new ProjectName(name.substring(0, name.length() - ENDING.length())))
                .toList();
    }

    boolean hasBranches(ProjectName project) {
        return Files.isDirectory(path(project)) && !heads(project).isEmpty();
    }

    /** The newest commit of every branch. */
    public SortedMap<String, CommitId> heads(ProjectName project) {
        try (Repository repository = open(project)) {
            return heads(repository);
        } catch (IOException e) {
            throw trouble("read the branches of " + project, e);
        }
    }

    /** When a commit was made, as it says itself. */
    Instant committedAt(ProjectName project, CommitId commit) {
        try (Repository repository = open(project);
                RevWalk commits = new RevWalk(repository)) {
            return commits.parseCommit(ObjectId.fromString(commit.value()))
                    .getCommitterIdent()
                    .getWhenAsInstant();
        } catch (IOException e) {
            throw trouble("read commit " + commit, e);
        }
    }

    /** To be closed by the caller. */
    Repository open(ProjectName project) {
        Path path = path(project);
        if (!Files.isDirectory(path)) {
            throw PawlException.notFound(
                    "no-repository",
                    "There is no repository '" + project + "' here yet: the first push makes it. Known: " + projects());
        }
        try {
            return new RepositoryBuilder()
                    .setGitDir(path.toFile())
                    .setBare()
                    .setMustExist(true)
                    .build();
        } catch (IOException e) {
            throw trouble("open " + path, e);
        }
    }

    /** As {@link #open}, made before if it is not there. */
    Repository openOrCreate(ProjectName project) {
        create(project);
        return open(project);
    }

    /** Tells the ledger of every branch that has moved since it was last told, once, whatever happened in between. */
    void reconcile(ProjectName project) {
        store.database().change(tx -> branches.reconcile(tx, project, () -> heads(project)));
    }

    /** A clone needs a branch that is there to start from. */
    void pointHeadAtBranch(ProjectName project) {
        try (Repository repository = open(project)) {
            Ref head = repository.exactRef(Constants.HEAD);
            if (head == null || head.getObjectId() == null) {
                favourite(heads(repository).keySet()).ifPresent(branch -> point(repository, branch));
            }
        } catch (IOException e) {
            throw trouble("read the branches of " + project, e);
        }
    }

    private static Optional<String> favourite(Collection<String> branches) {
        return Stream.concat(FAVOURITE_BRANCHES.stream(), branches.stream())
                .filter(branches::contains)
                .findFirst();
    }

    private static void point(Repository repository, String branch) {
        try {
            repository.updateRef(Constants.HEAD).link(Constants.R_HEADS + branch);
        } catch (IOException e) {
            throw trouble("set HEAD to " + branch, e);
        }
    }

    /** Made aside and renamed, so that there is never half a repository. */
    private synchronized void create(ProjectName project) {
        if (Files.isDirectory(path(project))) {
            return;
        }
        Path aside = folder.resolve(UNFINISHED + store.ids().next());
        try (Repository repository =
                new RepositoryBuilder().setGitDir(aside.toFile()).setBare().build()) {
            repository.create(true);
            point(repository, FAVOURITE_BRANCHES.getFirst());
            Files.move(aside, path(project), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw trouble("make the repository " + path(project), e);
        }
    }

    /** What every tag points to: a commit, or a tag object. */
    SortedMap<String, CommitId> tags(ProjectName project) {
        try (Repository repository = open(project)) {
            return refs(repository, Constants.R_TAGS);
        } catch (IOException e) {
            throw trouble("read the tags of " + project, e);
        }
    }

    /** What a remote calls a branch, and is none, is left out. */
    private static SortedMap<String, CommitId> heads(Repository repository) throws IOException {
        SortedMap<String, CommitId> heads = refs(repository, Constants.R_HEADS);
        try (ObjectReader objects = repository.newObjectReader()) {
            for (CommitId head : List.copyOf(heads.values())) {
                if (objects.open(ObjectId.fromString(head.value())).getType() != Constants.OBJ_COMMIT) {
                    heads.values().removeIf(head::equals);
                }
            }
        }
        return heads;
    }

    private static SortedMap<String, CommitId> refs(Repository repository, String prefix) throws IOException {
        SortedMap<String, CommitId> heads = new TreeMap<>();
        for (Ref ref : repository.getRefDatabase().getRefsByPrefix(prefix)) {
            if (ref.getObjectId() != null) {
                heads.put(
                        ref.getName().substring(prefix.length()),
                        new CommitId(ref.getObjectId().name()));
            }
        }
        return heads;
    }

    private Path path(ProjectName project) {
        return folder.resolve(project + ENDING);
    }

    private static PawlException trouble(String what, IOException e) {
        return PawlException.external(
                "git-trouble", "Cannot " + what + ": " + e.getMessage() + ". Is the disk full or read-only?", e);
    }
}
