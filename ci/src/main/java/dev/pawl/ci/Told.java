package dev.pawl.ci;

import dev.pawl.executor.Ending;
import dev.pawl.pipeline.StepTrials.Result;
import java.util.List;

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
        return ending.tail().isBlank() ? how(ending) : how(ending) + "; the end of its log:\n" + ending.tail();
    }

    private static String how(Ending ending) {
        return ending.timedOut()
                ? "it took longer than it may"
                : ending.exceptions().isEmpty()
                        ? "it ended with exit code " + ending.exit()
                        : "it threw " + ending.exceptions().getFirst();
    }

    /** In a line or two: what was thrown, and where in the project's own code; of a command its last line. */
    static String brief(Ending ending) {
        List<String> lines =
                ending.tail().lines().filter(line -> !line.isBlank()).toList();
        if (ending.timedOut() || lines.isEmpty()) {
            return how(ending);
        } else if (ending.exceptions().isEmpty()) {
            return how(ending) + ": " + lines.getLast().strip();
        }
        String thrown = ending.exceptions().getFirst();
        int at = lastIndex(lines, thrown);
        return at < 0
                ? "it threw " + thrown
                : "it threw " + lines.get(at)
                        + lines.subList(at, lines.size()).stream()
                                .filter(Told::isOwnFrame)
                                .findFirst()
                                .map(frame -> "\n" + frame)
                                .orElse("");
    }

    private static int lastIndex(List<String> lines, String beginning) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith(beginning)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isOwnFrame(String line) {
        String frame = line.strip();
        return frame.startsWith("at ") && !frame.startsWith("at java.") && !frame.startsWith("at dev.pawl.");
    }
}
