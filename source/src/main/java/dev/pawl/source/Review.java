package dev.pawl.source;

import dev.pawl.kernel.CommitId;
import java.time.Instant;

/** The newest word of a reviewer on a proposal: it is about one head, and void for any other. */
public record Review(String reviewer, Verdict verdict, CommitId head, String message, Instant at) {
    /** What a reviewer can say. */
    public enum Verdict {
        APPROVED,
        REJECTED
    }
}
