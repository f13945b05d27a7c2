package dev.pawl.pipeline;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import java.util.Optional;

/** What is said of a step that failed: which one, what happened, and what to do. */
final class StepFailure {
    private static final int SIGNALS = 128;
    private static final int KILLED = SIGNALS + 9;

    private StepFailure() {}

    /**
     * An attempt that its own input or output broke. Trouble outside, such as a full disk, is no failure of the step: it is
     * thrown on, and the same attempt is made again later.
     */
    static StepOutcome broke(StepRef ref, PawlException e) {
        return switch (e.kind()) {
            case USER, NOT_FOUND, CONFLICT, LIMIT ->
                new StepOutcome.Broke(failed(ref) + e.text(), false, Optional.empty());
            case EXTERNAL -> {
                if (e.code().equals("artifact-damaged")) {
                    yield new StepOutcome.Broke(failed(ref) + e.text(), false, Optional.empty());
                }
                throw e;
            }
            case INTERNAL -> throw e;
        };
    }

    static StepOutcome.Broke ended(StepProcess.Attempt attempt, Commands.Result result, Digest log) {
        String what = result.timedOut()
                ? "it took longer than its timeout of %s and was ended. Make it faster, or raise its timeout in pawl.yaml."
                        .formatted(attempt.step().timeout())
                : "its process ended with exit code %d%s. Correct the step and run again."
                        .formatted(result.exit(), meaning(result.exit()));
        return new StepOutcome.Broke(failed(attempt) + what + lastLines(result), true, Optional.of(log));
    }

    static StepOutcome.Broke badResult(
            StepProcess.Attempt attempt, PawlException e, Commands.Result result, Digest log) {
        String text = failed(attempt) + e.text() + ". Correct the step or its declaration and run again.";
        return new StepOutcome.Broke(text + lastLines(result), true, Optional.of(log));
    }

    static String trouble(StepRef ref, Throwable error) {
        return failed(ref) + "this server could not run it: " + error.getMessage() + " Mend that and run again.";
    }

    private static String failed(StepRef ref) {
        return "step '" + ref.step() + "' failed: ";
    }

    private static String failed(StepProcess.Attempt attempt) {
        int attempts = attempt.step().attempts();
        return attempts == 1
                ? failed(attempt.ref())
                : "step '%s' failed (attempt %d of %d): "
                        .formatted(attempt.ref().step(), attempt.ref().attempt(), attempts);
    }

    private static String meaning(int exit) {
        if (exit == KILLED) {
            return " (it was killed; was there too little memory?)";
        }
        return exit > SIGNALS ? " (signal " + (exit - SIGNALS) + ")" : "";
    }

    private static String lastLines(Commands.Result result) {
        return result.tail().isBlank() ? " It wrote no log." : "\nThe end of its log:\n" + result.tail();
    }
}
