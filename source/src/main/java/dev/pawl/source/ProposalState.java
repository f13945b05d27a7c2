package dev.pawl.source;

import java.util.Optional;

/** Where a proposal stands by itself. All that can happen to one is {@link #after}. */
public enum ProposalState {
    /** It can be reviewed and merged. */
    OPEN,
    /** The target is being moved; after a crash it is seen whether it was. */
    MERGING,
    /** The target has the head. */
    MERGED,
    /** It was withdrawn, or its branch is gone. */
    CLOSED;

    /** What happens to a proposal. */
    enum Event {
        MERGE_BEGAN,
        MERGE_LANDED,
        TARGET_HAD_MOVED,
        WITHDRAWN
    }

    /** The next state; none when the event comes too late and changes nothing. */
    Optional<ProposalState> after(Event event) {
        return switch (this) {
            case OPEN ->
                switch (event) {
                    case MERGE_BEGAN -> Optional.of(MERGING);
                    case WITHDRAWN -> Optional.of(CLOSED);
                    case MERGE_LANDED, TARGET_HAD_MOVED -> Optional.empty();
                };
            case MERGING ->
                switch (event) {
                    case MERGE_LANDED -> Optional.of(MERGED);
                    case TARGET_HAD_MOVED -> Optional.of(OPEN);
                    case MERGE_BEGAN, WITHDRAWN -> Optional.empty();
                };
            case MERGED, CLOSED -> Optional.empty();
        };
    }
}
