package dev.pawl.ci;

import java.util.Optional;

/** Where a CI run stands. All that can happen to one is {@link #after}. */
public enum CiState {
    /** The commit is known; nothing was done yet. */
    QUEUED,
    /** Checked out, built, tested and packed. */
    CHECKING,
    /** The whole pipeline runs on a sample. */
    INTEGRATING,
    /** There is a package. */
    PASSED,
    /** A check turned the commit down. */
    FAILED,
    /** A newer commit of the branch came before anything was done. */
    SUPERSEDED,
    /** Somebody ended it. */
    CANCELLED;

    /** Whether nothing will happen to it any more. */
    public boolean isOver() {
        return switch (this) {
            case QUEUED, CHECKING, INTEGRATING -> false;
            case PASSED, FAILED, SUPERSEDED, CANCELLED -> true;
        };
    }

    /** What happens to a CI run. */
    enum Event {
        BEGAN,
        PACKED,
        REFUSED,
        INTEGRATED,
        NEWER_COMMIT_CAME,
        CANCEL
    }

    /** The next state; none when the event comes too late or twice and changes nothing. */
    Optional<CiState> after(Event event) {
        return switch (this) {
            case QUEUED ->
                switch (event) {
                    case BEGAN -> Optional.of(CHECKING);
                    case REFUSED -> Optional.of(FAILED);
                    case NEWER_COMMIT_CAME -> Optional.of(SUPERSEDED);
                    case CANCEL -> Optional.of(CANCELLED);
                    case PACKED, INTEGRATED -> Optional.empty();
                };
            case CHECKING ->
                switch (event) {
                    case BEGAN -> Optional.of(CHECKING); // again, after an attempt that broke
                    case PACKED -> Optional.of(INTEGRATING);
                    case REFUSED -> Optional.of(FAILED);
                    case CANCEL -> Optional.of(CANCELLED);
                    case INTEGRATED, NEWER_COMMIT_CAME -> Optional.empty();
                };
            case INTEGRATING ->
                switch (event) {
                    case INTEGRATED -> Optional.of(PASSED);
                    case REFUSED -> Optional.of(FAILED);
                    case CANCEL -> Optional.of(CANCELLED);
                    case BEGAN, PACKED, NEWER_COMMIT_CAME -> Optional.empty();
                };
            case PASSED, FAILED, SUPERSEDED, CANCELLED -> Optional.empty();
        };
    }
}
