package dev.pawl.app;

import dev.pawl.kernel.ModelVersion;
import dev.pawl.monitoring.Scored;
import dev.pawl.pipeline.CsvReader;
import dev.pawl.pipeline.Definition;
import dev.pawl.pipeline.Definitions;
import dev.pawl.registry.RegisteredVersion;
import dev.pawl.registry.Registry;
import dev.pawl.serving.BatchScorer;
import dev.pawl.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What registered models do on their held-out rows: monitoring's question, answered by registry and serving. */
record Models(Store store, Definitions definitions, Registry registry) {

    List<Scored> reference(ModelVersion version) throws IOException {
        RegisteredVersion registered = registry.version(version);
        Definition.Holdout holdout =
                definitions.get(registered.definition()).model().orElseThrow().holdout();
        Path table = Files.createTempFile("pawl-holdout", ".csv");
        try (BatchScorer scorer = BatchScorer.of(version, store.artifacts().bytes(registered.artifact()))) {
            store.artifacts().writeTo(registered.holdout(), table);
            return score(scorer, table, holdout);
        } finally {
            Files.deleteIfExists(table);
        }
    }

    private static List<Scored> score(BatchScorer scorer, Path table, Definition.Holdout holdout) {
        try (CsvReader rows = CsvReader.open(table, "the held-out table '" + holdout.table() + "'")) {
            int[] features = scorer.features().stream().mapToInt(rows::column).toArray();
            int label = rows.column(holdout.label());
            int time = rows.column(holdout.time());
            List<double[]> inputs = new ArrayList<>();
            List<CsvReader.Row> kept = new ArrayList<>();
            for (Optional<CsvReader.Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                List<String> fields = row.get().fields();
                inputs.add(java.util.Arrays.stream(features)
                        .mapToDouble(at -> number(fields.get(at)))
                        .toArray());
                kept.add(row.get());
            }
            double[] predicted = scorer.score(inputs);
            List<Scored> scored = new ArrayList<>();
            for (int i = 0; i < predicted.length; i++) {
                List<String> fields = kept.get(i).fields();
                scored.add(new Scored(instant(fields.get(time)), predicted[i], number(fields.get(label))));
            }
            return scored;
        }
    }

    private static double number(String field) {
        return field.isBlank() ? Double.NaN : Double.parseDouble(field);
    }

    private static Instant instant(String field) {
        return field.indexOf('T') < 0
                ? LocalDate.parse(field).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(field);
    }
}
