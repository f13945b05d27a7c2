package dev.pawl.app;

import dev.pawl.pipeline.Places;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What retraining every first of January would give, without looking: each model an experiment of its own, as of that day. */
record YearlyModels(Path project, LocalDate from, LocalDate until, DemoProgress progress) {
    /** A model file with the first day that it is used for. */
    record Trained(LocalDate since, Path model) {}

    List<Trained> train() throws Exception {
        List<Trained> trained = new ArrayList<>();
        try (Laboratory laboratory = Laboratory.open(project.resolve(".pawl"), Places.inDefaultPool(1))) {
            var prepared = laboratory.experiments().prepare(project, false, project.resolveSibling("yearly.log"));
            for (LocalDate day = from; !day.isAfter(until); day = day.plusYears(1)) {
                Instant asOf = day.atStartOfDay(ZoneOffset.UTC).toInstant();
                var run = laboratory.experiments().start(prepared, asOf, Optional.empty());
                Path model = project.resolveSibling("yearly-" + day.getYear() + ".onnx");
                laboratory.store().artifacts().writeTo(laboratory.modelOf(laboratory.await(run)), model);
                trained.add(new Trained(day, model));
            }
        }
        progress.detail("baseline: %d models trained, one for each year".formatted(trained.size()));
        return trained;
    }
}
