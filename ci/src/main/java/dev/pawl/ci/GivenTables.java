package dev.pawl.ci;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.Digest;
import dev.pawl.pipeline.CsvReader;
import dev.pawl.pipeline.StepTrials.Result;
import dev.pawl.sdk.MissingValues;
import dev.pawl.store.Artifacts;
import java.util.Optional;
import java.util.stream.Stream;

/** The tables that a step gave. */
final class GivenTables {
    private GivenTables() {}

    static MissingValues missing(Step step, Result.Gave gave, Artifacts artifacts) {
        MissingValues all = MissingValues.UNKNOWN;
        for (var output : step.outputs().entrySet()) {
            Digest digest = gave.outputs().get(output.getKey());
            if (digest != null
                    && output.getValue().type() == OutputType.TABLE
                    && !output.getValue().list()) {
                all = with(all, output.getKey(), artifacts.text(digest));
            }
        }
        return all;
    }

    private static MissingValues with(MissingValues others, String output, String csv) {
        try (CsvReader table = CsvReader.of(csv, output)) {
            return others.with(
                    output,
                    table.header(),
                    () -> Stream.generate(table::next)
                            .takeWhile(Optional::isPresent)
                            .flatMap(Optional::stream)
                            .map(row -> new MissingValues.Line(row.line(), row.fields()))
                            .iterator());
        }
    }
}
