package dev.pawl.ci;

import dev.pawl.ci.NumericTrials.Case;
import dev.pawl.ci.NumericTrials.OfInput;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.CsvReader;
import dev.pawl.sdk.HostileCase;
import dev.pawl.sdk.HostileTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Asks the model of the integration run, as it will be served, for hostile rows made of the held-out ones: its answers must be finite, or a
 * refusal. What cannot be said in numbers, such as a text, is refused of every model by the protocol, and not asked.
 */
record HostileModel(Trials trials, Predictions predictions, int seed) {
    private static final String MODEL = "model";

    /** Changes when what is asked, or what is right, does. */
    private static final int VERSION = 1;

    OfInput examine() throws InterruptedException {
        Digest key = Json.digest(Map.of(
                "hostile-rows", VERSION,
                "model", predictions.model(),
                "table", predictions.table(),
                "plan", predictions.plan().holdout(),
                "seed", seed));
        KnownCases known = new KnownCases(trials.store());
        Optional<List<Case>> earlier = known.find(key);
        List<Case> cases = earlier.isPresent() ? earlier.get() : made();
        if (earlier.isEmpty()) {
            known.keep(key, cases);
        }
        return new OfInput(Optional.empty(), MODEL, earlier.isPresent(), cases);
    }

    private List<Case> made() throws InterruptedException {
        List<String> features = predictions.features(predictions.model());
        List<HostileCase> tables = HostileTable.of(csv(features, predictions.heldOut(features)), seed).cases().stream()
                .filter(hostile -> rows(hostile).isPresent())
                .toList();
        List<Case> cases = new ArrayList<>();
        for (HostileCase hostile : tables) {
            cases.add(new Case(hostile.kind(), hostile.words(), bearing(hostile)));
        }
        return new Shrinking(trials.store().artifacts(), this::bearing).of(tables, cases);
    }

    private Bearing bearing(HostileCase hostile) throws InterruptedException {
        return predictions.bearing(predictions.model(), _ -> rows(hostile).orElseThrow());
    }

    /** Nothing, if one of its cells is no number. */
    private static Optional<List<double[]>> rows(HostileCase hostile) {
        List<double[]> rows = new ArrayList<>();
        try (CsvReader table = CsvReader.of(hostile.csv(), MODEL)) {
            for (var row = table.next(); row.isPresent(); row = table.next()) {
                rows.add(row.get().fields().stream()
                        .mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell))
                        .toArray());
            }
            return Optional.of(rows);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static String csv(List<String> features, List<double[]> rows) {
        if (rows.isEmpty()) {
            throw PawlException.user("no-rows", "the held-out table has no rows of which hostile ones could be made");
        }
        return features.stream()
                        .map(name -> '"' + name.replace("\"", "\"\"") + '"')
                        .collect(Collectors.joining(","))
                + "\n"
                + rows.stream()
                        .map(row -> DoubleStream.of(row)
                                        .mapToObj(cell -> Double.isNaN(cell) ? "" : String.valueOf(cell))
                                        .collect(Collectors.joining(","))
                                + "\n")
                        .collect(Collectors.joining());
    }
}
