package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.FactReader;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/** Where the code of projects is: tells the ledger of every commit that a branch points to. Safe for use by many threads. */
public final class SourceControl implements AutoCloseable {
    public static final Schema SCHEMA = new Schema("source", SourceControl.class, 2);

    private static final int PARALLEL_FETCHES = 2;

    private final Store store;
    private final GitRepositories repositories;
    private final Remotes remotes;
    private final Proposals proposals;
    private final Merges merges;
    private final ServerAddress address = new ServerAddress();
    private final StatusAttempt telling;
    private final FactReader facts;
    private final Worker fetches;
    private final Worker statuses;
    private final Polling polling;
    private final RuleStore rules = new RuleStore();
    private final ReviewedCommits reviewed;

    /**
     * @param secrets holds the tokens of remotes and what signs their webhooks
     * @param folder where the repositories are
     */
    public SourceControl(Store store, Secrets secrets, Path folder) {
        this.store = store;
        this.repositories = new GitRepositories(folder.resolve("repositories"), store);
        this.remotes = new Remotes(store, repositories, secrets);
        this.proposals = new Proposals(store, repositories);
        this.merges = new Merges(store, repositories, proposals);
        this.reviewed = new ReviewedCommits(store, repositories);
        Verdicts verdicts = new Verdicts(store);
        this.facts = store.reader("source")
                .on(Fact.CommitPushed.class, verdicts::pushed)
                .on(Fact.PackageBuilt.class, verdicts::built)
                .on(Fact.PackageRefused.class, verdicts::refused);
        this.telling = new StatusAttempt(store, secrets, address);
        RemoteFetch fetch = new RemoteFetch(store.clock(), secrets);
        this.fetches = store.worker(FetchAttempt.QUEUE, new FetchAttempt(store, repositories, fetch));
        this.statuses = store.worker(StatusAttempt.QUEUE, telling);
        this.polling = new Polling(store, remotes);
    }

    /**
     * Ends merges that were cut short, finds pushes that nobody was told of, and begins to work.
     *
     * @param address where people reach this server, with a slash at its end
     */
    public SourceControl start(String address) {
        this.address.set(address);
        repositories.cleanUp();
        merges.start();
        repositories.start();
        facts.start();
        fetches.start(PARALLEL_FETCHES);
        statuses.start(1);
        polling.start();
        return this;
    }

    @Override
    public void close() {
        polling.close();
        fetches.close();
        statuses.close();
        facts.close();
        telling.close();
    }

    /** Writes the files of a commit into a new folder and returns how many they were; links and submodules are refused. */
    public int checkOut(ProjectName project, CommitId commit, Path folder) {
        try (Repository repository = repositories.open(project)) {
            return new Checkout(repository, folder).write(commit);
        }
    }

    /** When a commit was made, as it says itself. */
    public Instant committedAt(ProjectName project, CommitId commit) {
        return repositories.committedAt(project, commit);
    }

    /**
     * Whether reviewers have let this commit in: a branch that takes nothing but merges of proposals has it, or they approved it as the head
     * of a proposal for such a branch. Whoever runs the code of a commit asks this before the code may see a secret.
     */
    public boolean isReviewed(ProjectName project, CommitId commit) {
        return reviewed.contains(project, commit);
    }

    /** Whether the project has a branch that takes nothing but merges of proposals. */
    public boolean asksForReviews(ProjectName project) {
        return store.database().read(tx -> rules.protections(tx, project)).stream()
                .anyMatch(Protection::review);
    }

    /** Whether code of this commit may run in containers only: nobody has reviewed it, and the project has that rule. */
    public boolean mustBeContained(ProjectName project, CommitId commit) {
        return reviewRules(project).contained() && !isReviewed(project, commit);
    }

    GitRepositories repositories() {
        return repositories;
    }

    Remotes remotes() {
        return remotes;
    }

    Proposals proposals() {
        return proposals;
    }

    Merges merges() {
        return merges;
    }

    /** @throws PawlException if nobody may push to this project here */
    void requirePushable(ProjectName project) {
        remotes.requirePushable(project);
    }

    PushRules pushRules(ProjectName project) {
        return new PushRules(store.database().read(tx -> rules.protections(tx, project)));
    }

    SourceView view(ProjectName project) {
        Optional<Remote> remote = remotes.find(project);
        boolean isEmpty = !repositories.projects().contains(project);
        if (isEmpty && remote.isEmpty()) {
            repositories.open(project).close(); // says that it is not there
        }
        return store.database().read(tx -> view(tx, project, remote, isEmpty));
    }

    private SourceView view(Tx tx, ProjectName project, Optional<Remote> remote, boolean isEmpty) {
        return new SourceView(
                project,
                remote,
                isEmpty ? List.of() : SourceView.named(repositories.heads(project)),
                isEmpty ? List.of() : SourceView.named(repositories.tags(project)),
                rules.protections(tx, project),
                rules.reviewRules(tx, project),
                new StatusStore().of(tx, project, SourceView.MOST_STATUSES));
    }

    /** A project that is not there yet can have rules, so that its first push finds them. */
    SourceView protect(ProjectName project, Protection protection) {
        repositories.openOrCreate(project).close();
        store.database().change(tx -> rules.protect(tx, project, protection));
        return view(project);
    }

    SourceView unprotect(ProjectName project, String pattern) {
        if (!store.database().transact(tx -> rules.unprotect(tx, project, pattern))) {
            throw PawlException.notFound(
                    "not-protected", "'%s' of project '%s' is not protected".formatted(pattern, project));
        }
        return view(project);
    }

    SourceView setReviewRules(ProjectName project, ReviewRules wanted) {
        repositories.openOrCreate(project).close();
        store.database().change(tx -> rules.setReviewRules(tx, project, wanted));
        return view(project);
    }

    ReviewRules reviewRules(ProjectName project) {
        return store.database().read(tx -> rules.reviewRules(tx, project));
    }

    Instant now() {
        return store.clock().now();
    }
}
