package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.merge.MergeStrategy;
import org.eclipse.jgit.merge.ResolveMerger;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** What a merge is in git: which commit the target gets, and moving it there. */
record BranchMerge(Repository repository) {
    private static final int MOST_FILES_TOLD = 20;

    /** The newest commit of a branch. */
    Optional<CommitId> head(String branch) {
        try {
            return Optional.ofNullable(repository.exactRef(Constants.R_HEADS + branch))
                    .map(Ref::getObjectId)
                    .map(id -> new CommitId(id.name()));
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** The first line of a commit's message. */
    String subject(CommitId commit) {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(id(commit)).getShortMessage();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** Whether a commit is another one, or behind it. */
    boolean contains(CommitId newer, CommitId older) {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.isMergedInto(walk.parseCommit(id(older)), walk.parseCommit(id(newer)));
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /**
     * The commit that the target shall point to: the head, where that only adds to the target; else a merge of the two, which nothing
     * points to yet.
     *
     * @throws PawlException naming the files, if the two changed the same lines
     */
    CommitId result(CommitId target, CommitId head, String by, Instant at, String message) {
        if (contains(head, target)) {
            return head;
        }
        try (ObjectInserter inserter = repository.newObjectInserter();
                RevWalk walk = new RevWalk(repository)) {
            RevCommit ours = walk.parseCommit(id(target));
            RevCommit theirs = walk.parseCommit(id(head));
            // in memory: there is no working copy
            ResolveMerger merger = (ResolveMerger) MergeStrategy.RECURSIVE.newMerger(repository, true);
            if (!merger.merge(ours, theirs)) {
                throw conflict(merger);
            }
            CommitBuilder commit = new CommitBuilder();
            commit.setTreeId(merger.getResultTreeId());
            commit.setParentIds(ours, theirs);
            PersonIdent ident = new PersonIdent(by, "", at, ZoneOffset.UTC);
            commit.setAuthor(ident);
            commit.setCommitter(ident);
            commit.setMessage(message);
            ObjectId made = inserter.insert(commit);
            inserter.flush();
            return new CommitId(made.name());
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    /** Moves a branch, if it still is where it is expected. */
    boolean move(String branch, CommitId expected, CommitId to, String by) {
        try {
            RefUpdate update = repository.updateRef(Constants.R_HEADS + branch);
            update.setExpectedOldObjectId(id(expected));
            update.setNewObjectId(id(to));
            update.setRefLogIdent(new PersonIdent(by, ""));
            return switch (update.update()) {
                case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> true;
                case LOCK_FAILURE, REJECTED -> false;
                case NOT_ATTEMPTED,
                        REJECTED_CURRENT_BRANCH,
                        REJECTED_MISSING_OBJECT,
                        REJECTED_OTHER_REASON,
                        IO_FAILURE,
                        RENAMED -> throw new IOException(branch + " could not be moved: " + update.getResult());
            };
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private static PawlException conflict(ResolveMerger merger) {
        List<String> files = Stream.concat(
                        merger.getUnmergedPaths().stream(),
                        Optional.ofNullable(merger.getFailingPaths()).stream()
                                .flatMap(paths -> paths.keySet().stream()))
                .distinct()
                .sorted()
                .toList();
        String told = files.stream().limit(MOST_FILES_TOLD).collect(Collectors.joining(", "));
        return PawlException.conflict(
                "merge-conflict",
                "Both branches changed the same lines of %s%s: merge the target into the branch, and push it"
                        .formatted(told, files.size() > MOST_FILES_TOLD ? ", ..." : ""));
    }

    private static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.value());
    }

    private static PawlException trouble(IOException e) {
        return PawlException.external("git-trouble", "Cannot merge: " + e.getMessage(), e);
    }
}
