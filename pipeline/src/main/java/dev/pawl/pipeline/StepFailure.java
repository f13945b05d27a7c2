package dev.pawl.pipeline;

import dev.pawl.definition.Definition.OnException;
import dev.pawl.definition.Definition.OnExit;
import dev.pawl.definition.Definition.OnTimeout;
import dev.pawl.definition.Definition.RetryOn;
import dev.pawl.executor.Ending;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.Spans;
import dev.pawl.pipeline.StepOutcome.Broke;
import java.util.List;
import java.util.Optional;

/** What is said of an attempt that broke: which step, what happened, what to do; and whether another attempt may help. */
final class StepFailure {
    private static final int SIGNALS = 128;
    private static final int KILLED = SIGNALS + 9;

    private StepFailure() {}

    /**
     * What its own input, output or declaration broke would break again. Trouble outside, such as a full disk, is no failure of
     * the step: it is made again later, here or elsewhere.
     */
    static Broke broke(Task task, PawlException e) {
        boolean lost = switch (e.kind()) {
            case USER, NOT_FOUND, CONFLICT, LIMIT -> false;
            case EXTERNAL -> !e.code().equals("artifact-damaged");
            case INTERNAL -> true;
        };
        return lost
                ? lost(task, e)
                : new Broke(AttemptMachine.Ending.FAILED, failed(task) + e.text(), false, Optional.empty());
    }

    static Broke lost(Task task, Throwable error) {
        return new Broke(
                AttemptMachine.Ending.LOST,
                failed(task) + "this server could not run it: " + error.getMessage() + " Mend that and run again.",
                false,
                Optional.empty());
    }

    static Broke interrupted() {
        return new Broke(AttemptMachine.Ending.INTERRUPTED, "its server was stopped", false, Optional.empty());
    }

    static Broke ended(Task task, Ending ending, Optional<Digest> log) {
        String what = ending.timedOut()
                ? "it took longer than its timeout of %s and was ended. Make it faster, or raise its timeout in pawl.yaml."
                        .formatted(Spans.whole(task.step().rules().timeout()))
                : "its process ended with exit code %d%s. Correct the step and run again."
                        .formatted(ending.exit(), meaning(ending.exit()));
        return new Broke(
                ending.timedOut() ? AttemptMachine.Ending.TIMED_OUT : AttemptMachine.Ending.FAILED,
                failed(task) + what + lastLines(ending),
                mayHelp(task.step().rules().retry().on(), ending),
                log);
    }

    static Broke badResult(Task task, PawlException e, Ending ending, Optional<Digest> log) {
        return new Broke(
                AttemptMachine.Ending.FAILED,
                failed(task) + e.text() + ". Correct the step or its declaration and run again." + lastLines(ending),
                task.step().rules().retry().on().isEmpty(),
                log);
    }

    private static boolean mayHelp(List<RetryOn> on, Ending ending) {
        return on.isEmpty()
                || on.stream().anyMatch(kind -> switch (kind) {
                    case OnTimeout() -> ending.timedOut();
                    case OnExit(int code) -> !ending.timedOut() && ending.exit() == code;
                    case OnException(String className) -> ending.exceptions().contains(className);
                });
    }

    private static String failed(Task task) {
        int attempts = task.step().rules().retry().attempts();
        return attempts == 1
                ? "step '%s' failed: ".formatted(task.key().step())
                : "step '%s' failed (attempt %d of %d): ".formatted(task.key().step(), task.failures() + 1, attempts);
    }

    private static String meaning(int exit) {
        if (exit == KILLED) {
            return " (it was killed; was there too little memory?)";
        }
        return exit > SIGNALS ? " (signal " + (exit - SIGNALS) + ")" : "";
    }

    private static String lastLines(Ending ending) {
        return ending.tail().isBlank() ? " It wrote no log." : "\nThe end of its log:\n" + ending.tail();
    }
}
