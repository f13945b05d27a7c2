package dev.pawl.delivery;

import java.util.List;

/** What follows from the verdicts on a challenger. */
sealed interface Decision {
    record Deploy() implements Decision {}

    record Reject(String gate, String because) implements Decision {}

    /** The one place where this is decided: every gate that pawl.yaml asks for must have passed. */
    static Decision of(List<Verdict> verdicts) {
        for (Verdict verdict : verdicts) {
            boolean open = switch (verdict.answer()) {
                case PASSED, NOT_DECLARED -> true;
                case FAILED, NOT_RUN -> false;
            };
            if (!open) {
                return new Reject(verdict.gate(), verdict.summary());
            }
        }
        return new Deploy();
    }

    default Challenger.State state() {
        return switch (this) {
            case Deploy _ -> Challenger.State.DEPLOYED;
            case Reject _ -> Challenger.State.REJECTED;
        };
    }
}
