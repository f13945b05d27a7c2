package dev.pawl.app;

import dev.pawl.delivery.Instance;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks a running instance over the Open Inference Protocol, as any client does. */
final class InferenceInstance implements Instance {
    private final Client client;
    private final String path;
    private final String input;
    private final List<String> features;
    private final Runnable end;

    InferenceInstance(ModelVersion version, String address, Runnable end, Clock clock) {
        this.client = new Client(address, clock);
        this.path = "v2/models/" + version.model() + "/versions/" + version.number();
        this.end = end;
        try {
            JsonNode metadata = client.get(path);
            this.input = metadata.path("inputs").path(0).path("name").asString("");
            this.features = Arrays.stream(metadata.path("properties")
                            .path("features")
                            .asString("")
                            .split(",", -1))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
        } catch (PawlException e) {
            end.run();
            throw e;
        }
    }

    @Override
    public List<String> features() {
        return features;
    }

    @Override
    public double[] infer(List<double[]> rows) {
        JsonNode data = client.post(path + "/infer", request(rows, features.size()))
                .path("outputs")
                .path(0)
                .path("data");
        double[] answers = new double[data.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = number(data.get(i));
        }
        return answers;
    }

    /** What is no number in JSON stands there as text. */
    private static double number(JsonNode answer) {
        return switch (answer.asString("")) {
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> answer.asDouble(Double.NaN);
        };
    }

    @Override
    public boolean refusesBadInput() {
        try {
            client.post(path + "/infer", request(List.of(new double[features.size() + 1]), features.size() + 1));
            return false;
        } catch (PawlException e) {
            return e.kind() == PawlException.Kind.USER;
        }
    }

    private Map<String, Object> request(List<double[]> rows, int width) {
        List<@Nullable Double> data = new ArrayList<>(rows.size() * width);
        for (double[] row : rows) {
            for (double value : row) {
                data.add(Double.isNaN(value) ? null : value);
            }
        }
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("name", input);
        tensor.put("shape", List.of(rows.size(), width));
        tensor.put("datatype", "FP32");
        tensor.put("data", data);
        return Map.of("inputs", List.of(tensor));
    }

    @Override
    public void close() {
        client.close();
        end.run();
    }
}
