package dev.pawl.ci;

import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.Digest;
import dev.pawl.sdk.TextDifference;
import dev.pawl.store.Artifacts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;

/** Where two outputs first differ, in words. */
final class OutputDifference {
    private static final int MOST_BYTES = 1 << 20;

    private OutputDifference() {}

    static String between(
            Artifacts artifacts, RecordedRun run, Step step, SortedMap<String, Digest> gave, String output) {
        var declared = step.outputs().get(output);
        Digest before = run.gaveFirst(step, output).orElse(null);
        Digest after = gave.get(output);
        if (before == null || after == null || declared == null || declared.list()) {
            return "not both are there, or they are lists";
        }
        return switch (declared.type()) {
            case TABLE, REPORT, RECORD, VALUE ->
                TextDifference.between(lines(artifacts, before), lines(artifacts, after));
            case MODEL, FILE, FOLDER -> before.brief() + " and " + after.brief();
        };
    }

    private static List<String> lines(Artifacts artifacts, Digest digest) {
        return new String(artifacts.beginning(digest, MOST_BYTES), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
