package dev.pawl.source;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Turns down, before anything moves, what a push may not do. */
record PushRules(List<Protection> protections) {
    private static final int LONGEST_REF = 200;

    /** @param repository has what was pushed already, but nothing points to it yet */
    void apply(Repository repository, Collection<ReceiveCommand> commands) {
        try (RevWalk walk = new RevWalk(repository)) {
            for (ReceiveCommand command : commands) {
                wrong(walk, repository, command)
                        .ifPresent(why -> command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, why));
            }
        } catch (IOException e) {
            throw PawlException.external("git-trouble", "Cannot check the push: " + e.getMessage(), e);
        }
    }

    private Optional<String> wrong(RevWalk walk, Repository repository, ReceiveCommand command) throws IOException {
        String name = command.getRefName();
        if (!name.startsWith(Constants.R_HEADS) && !name.startsWith(Constants.R_TAGS)) {
            return Optional.of("only branches and tags can be pushed here");
        }
        if (name.length() > LONGEST_REF) {
            return Optional.of("the name is longer than " + LONGEST_REF + " characters");
        }
        if (!name.startsWith(Constants.R_HEADS)) {
            return Optional.empty();
        }
        if (command.getType() != ReceiveCommand.Type.DELETE
                && !(walk.parseAny(command.getNewId()) instanceof RevCommit)) {
            return Optional.of("a branch points to a commit, and this is none");
        }
        return forbidden(walk, repository, command, name.substring(Constants.R_HEADS.length()));
    }

    private Optional<String> forbidden(RevWalk walk, Repository repository, ReceiveCommand command, String branch)
            throws IOException {
        List<Protection> covering =
                protections.stream().filter(it -> it.covers(branch)).toList();
        if (covering.isEmpty()) {
            return Optional.empty();
        }
        boolean review = covering.stream().anyMatch(Protection::review);
        return switch (command.getType()) {
            case CREATE ->
                review && !isKnownGood(walk, repository, command)
                        ? Optional.of(branch + " is protected: it begins where a branch is that takes merges only; push"
                                + " another branch and say 'pawl propose'")
                        : Optional.empty();
            case DELETE -> Optional.of(branch + " is protected: it is not deleted");
            case UPDATE_NONFASTFORWARD -> Optional.of(branch + " is protected: it takes no forced push");
            case UPDATE ->
                review
                        ? Optional.of(branch + " is protected: it takes merges only; push another branch and say"
                                + " 'pawl propose'")
                        : Optional.empty();
        };
    }

    /**
     * What a branch for review has counts as reviewed, so a new one has nothing but what another one has. Before there is any branch,
     * there is nothing that could have been reviewed.
     */
    private boolean isKnownGood(RevWalk walk, Repository repository, ReceiveCommand command) throws IOException {
        List<Ref> heads = repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS);
        RevCommit wanted = walk.parseCommit(command.getNewId());
        for (Ref head : heads) {
            String branch = head.getName().substring(Constants.R_HEADS.length());
            if (protections.stream().anyMatch(it -> it.review() && it.covers(branch))
                    && head.getObjectId() != null
                    && walk.parseAny(head.getObjectId()) instanceof RevCommit commit
                    && walk.isMergedInto(wanted, commit)) {
                return true;
            }
        }
        return heads.isEmpty();
    }
}
