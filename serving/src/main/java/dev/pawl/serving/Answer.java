package dev.pawl.serving;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The response to one request, in the protocol's form. */
record Answer(String id, List<String> wanted) {
    private static final int FIRST_ROOM = 256;

    /** What the model computed just now. */
    byte[] computed(Inference inference) {
        return write(inference.version(), out -> {
            for (Tensor output : inference.outputs()) {
                if (wants(output.name())) {
                    output.write(out);
                }
            }
        });
    }

    /** What the log had under these ids already: the rows put together again. */
    byte[] recorded(List<PredictionLog.Logged> rows) {
        ModelVersion version = rows.getFirst().version();
        if (!rows.stream().allMatch(row -> row.version().equals(version))) {
            throw PawlException.conflict(
                    "id-taken",
                    "Some rows of request '%s' were predicted before by another version of the model; use a new id"
                            .formatted(id));
        }
        Map<String, ObjectNode> outputs = new LinkedHashMap<>();
        rows.forEach(row -> Json.tree(row.outputs())
                .forEach(output -> outputs.merge(output.path("name").asString(), (ObjectNode) output, Answer::append)));
        return write(
                version,
                out -> outputs.values().stream()
                        .filter(output -> wants(output.path("name").asString()))
                        .forEach(output -> Json.mapper().writeTree(out, output)));
    }

    private static ObjectNode append(ObjectNode batch, ObjectNode row) {
        row.path("data").forEach(batch.withArray("data")::add);
        List<JsonNode> shape = new ArrayList<>();
        batch.path("shape").forEach(shape::add);
        long rows = shape.removeFirst().asLong() + 1;
        batch.putArray("shape").add(rows).addAll(shape);
        return batch;
    }

    private boolean wants(String output) {
        return wanted.isEmpty() || wanted.contains(output);
    }

    private interface Outputs {
        void write(JsonGenerator out);
    }

    private byte[] write(ModelVersion version, Outputs outputs) {
        var body = new ByteArrayOutputStream(FIRST_ROOM);
        try (JsonGenerator out = Json.mapper().createGenerator(body)) {
            out.writeStartObject();
            out.writeStringProperty("model_name", version.model().value());
            out.writeStringProperty("model_version", String.valueOf(version.number()));
            out.writeStringProperty("id", id);
            out.writeName("outputs");
            out.writeStartArray();
            outputs.write(out);
            out.writeEndArray();
            out.writeEndObject();
        }
        return body.toByteArray();
    }
}
