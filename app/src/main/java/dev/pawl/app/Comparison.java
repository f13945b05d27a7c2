package dev.pawl.app;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.serving.BatchScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** The same days, the same inputs, other models: mean absolute percentage errors, in percent. */
final class Comparison {
    private static final int PAGE = 1_000;
    private static final int PERCENT = 100;

    /** A logged prediction whose truth is known. */
    private record Labelled(String id, LocalDate day, JsonNode inputs, double value, double label) {}

    private final String model;
    private final List<Labelled> all;
    private final List<Labelled> compared;
    private final int predictions;

    private Comparison(String model, List<Labelled> all, int predictions, LocalDate from, LocalDate to) {
        this.model = model;
        this.all = all;
        this.predictions = predictions;
        this.compared = all.stream()
                .filter(row -> !row.day().isBefore(from) && !row.day().isAfter(to))
                .toList();
    }

    static Comparison of(Client client, String model, LocalDate from, LocalDate to) {
        List<Labelled> all = new ArrayList<>();
        int predictions = 0;
        String after = "";
        boolean more = true;
        while (more) {
            JsonNode page = client.get("api/models/" + model + "/predictions?limit=" + PAGE
                    + (after.isEmpty() ? "" : "&after=" + Client.encode(after)));
            for (JsonNode row : page.path("predictions")) {
                predictions++;
                if (row.path("label").isNumber()) {
                    all.add(labelled(row));
                }
            }
            more = page.path("next").isString();
            after = page.path("next").asString("");
        }
        return new Comparison(model, all, predictions, from, to);
    }

    int predictions() {
        return predictions;
    }

    int labels() {
        return all.size();
    }

    String lastPrediction() {
        return all.getLast().id();
    }

    double loopMape() {
        return mape(compared, compared.stream().mapToDouble(Labelled::value).toArray());
    }

    /** The first registered version, on every day. */
    double frozenMape(Client client) {
        JsonNode version = client.get("api/models/" + model + "/versions/1");
        byte[] onnx = client.bytes(
                "api/artifacts/" + new Digest(version.path("artifact").stringValue()));
        return mape(compared, score(onnx, compared));
    }

    /** Each day by the newest of the models trained until then. */
    double yearlyMape(List<YearlyModels.Trained> models) throws IOException {
        double sum = 0;
        for (int i = 0; i < models.size(); i++) {
            LocalDate since = models.get(i).since();
            LocalDate until = i + 1 < models.size() ? models.get(i + 1).since() : LocalDate.MAX;
            List<Labelled> rows = compared.stream()
                    .filter(row -> !row.day().isBefore(since) && row.day().isBefore(until))
                    .toList();
            sum += mape(rows, score(Files.readAllBytes(models.get(i).model()), rows)) * rows.size();
        }
        return sum / compared.size();
    }

    private double[] score(byte[] onnx, List<Labelled> rows) {
        try (BatchScorer scorer = BatchScorer.of(new ModelVersion(new ModelName(model), 1), onnx)) {
            return scorer.score(rows.stream().map(row -> features(scorer, row)).toList());
        }
    }

    private static double[] features(BatchScorer scorer, Labelled row) {
        ToDoubleFunction<String> value = name -> row.inputs().path(name).asDouble(Double.NaN);
        return scorer.features().stream().mapToDouble(value).toArray();
    }

    private static double mape(List<Labelled> rows, double[] predicted) {
        return PERCENT
                * IntStream.range(0, rows.size())
                        .mapToDouble(i -> Math.abs(predicted[i] / rows.get(i).label() - 1))
                        .average()
                        .orElse(Double.NaN);
    }

    private static Labelled labelled(JsonNode row) {
        JsonNode inputs = row.path("inputs");
        return new Labelled(
                row.path("id").stringValue(),
                Instant.parse(row.path("event_time").stringValue())
                        .atOffset(ZoneOffset.UTC)
                        .toLocalDate(),
                inputs.isString() ? Json.tree(inputs.stringValue()) : inputs,
                row.path("value").doubleValue(),
                row.path("label").doubleValue());
    }
}
