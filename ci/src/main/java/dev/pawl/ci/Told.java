package dev.pawl.ci;

import dev.pawl.executor.Ending;
import dev.pawl.pipeline.StepTrials.Result;

/** Words for how trials ended. */
final class Told {
    private Told() {}

    static String result(Result result) {
        return switch (result) {
            case Result.Failed(Ending ending) -> ending(ending);
            case Result.BrokeContract(String error) -> error;
            case Result.Gave _ -> "it succeeded";
        };
    }

    static String ending(Ending ending) {
        String how = ending.timedOut()
                ? "it took longer than it may"
                : ending.exceptions().isEmpty()
                        ? "it ended with exit code " + ending.exit()
                        : "it threw " + ending.exceptions().getFirst();
        return ending.tail().isBlank() ? how : how + "; the end of its log:\n" + ending.tail();
    }
}
