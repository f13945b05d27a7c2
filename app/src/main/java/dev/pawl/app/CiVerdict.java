package dev.pawl.app;

import dev.pawl.ci.CiCheck;
import dev.pawl.ci.CiState;
import dev.pawl.kernel.Spans;

/** How a CI run ended, for people and for scripts. */
record CiVerdict(CiProgress end) {
    /** Tells what went wrong in full, then the verdict. */
    int tell(Printed printed) {
        if (printed.asJson()) {
            printed.json(end.json());
        } else {
            end.checks().stream()
                    .filter(check -> check.state() == CiCheck.State.FAILED)
                    .filter(check -> check.summary().contains("\n"))
                    .forEach(check -> printed.line("\n" + check.name() + ": " + check.summary()));
            printed.line(sentence());
        }
        return exit();
    }

    String sentence() {
        var run = end.run();
        String took = " in " + Spans.text(end.took());
        return switch (run.state()) {
            case PASSED -> "passed" + took;
            case FAILED -> "refused by " + run.refusedBy().orElse("ci") + took;
            case SUPERSEDED -> "superseded by a newer push";
            case CANCELLED -> "cancelled" + took;
            case QUEUED, CHECKING, INTEGRATING -> "under way for " + Spans.text(end.took());
        };
    }

    /** 0 for what passed, also so far; 1 for what did not. */
    int exit() {
        CiState state = end.run().state();
        return switch (state) {
            case PASSED, QUEUED, CHECKING, INTEGRATING -> 0;
            case FAILED, SUPERSEDED, CANCELLED -> 1;
        };
    }
}
