package dev.pawl.source;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Turns down, before anything moves, what a push may not do. */
record PushRules(List<Protection> protections) {
    private static final int LONGEST_REF = 200;

    void apply(Collection<ReceiveCommand> commands) {
        commands.forEach(command ->
                wrong(command).ifPresent(why -> command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, why)));
    }

    private Optional<String> wrong(ReceiveCommand command) {
        String name = command.getRefName();
        if (!name.startsWith(Constants.R_HEADS) && !name.startsWith(Constants.R_TAGS)) {
            return Optional.of("only branches and tags can be pushed here");
        }
        if (name.length() > LONGEST_REF) {
            return Optional.of("the name is longer than " + LONGEST_REF + " characters");
        }
        return name.startsWith(Constants.R_HEADS)
                ? forbidden(command, name.substring(Constants.R_HEADS.length()))
                : Optional.empty();
    }

    /** A branch that is not there yet may be made: there is nothing to protect. */
    private Optional<String> forbidden(ReceiveCommand command, String branch) {
        List<Protection> covering =
                protections.stream().filter(it -> it.covers(branch)).toList();
        if (covering.isEmpty()) {
            return Optional.empty();
        }
        return switch (command.getType()) {
            case CREATE -> Optional.empty();
            case DELETE -> Optional.of(branch + " is protected: it is not deleted");
            case UPDATE_NONFASTFORWARD -> Optional.of(branch + " is protected: it takes no forced push");
            case UPDATE ->
                covering.stream().anyMatch(Protection::review)
                        ? Optional.of(branch + " is protected: it takes merges only; push another branch and say"
                                + " 'pawl propose'")
                        : Optional.empty();
        };
    }
}
