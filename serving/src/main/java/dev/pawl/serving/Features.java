package dev.pawl.serving;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * The names under which the inputs of a prediction are recorded. A model with one matrix as its input names its columns in
 * its metadata, {@code features}; every other model is recorded under the names of its inputs.
 *
 * @param names of the columns of the only input; empty if it does not name them
 */
record Features(List<String> names) {
    static Features of(String commaSeparated, List<TensorSpec> inputs) {
        if (commaSeparated.isBlank() || inputs.size() != 1) {
            return new Features(List.of());
        }
        List<String> names =
                Arrays.stream(commaSeparated.split(",", -1)).map(String::strip).toList();
        requireWidth(names, inputs.getFirst());
        if (Set.copyOf(names).size() != names.size() || names.contains("")) {
            throw unfit("has a name twice or an empty one: " + names);
        }
        return new Features(names);
    }

    private static void requireWidth(List<String> names, TensorSpec input) {
        long width = input.shape().isEmpty() ? 1 : input.shape().getLast();
        if (width != TensorSpec.ANY && width != names.size()) {
            throw unfit("names %d features, but its input '%s' has %d columns"
                    .formatted(names.size(), input.name(), width));
        }
    }

    /** One row of the inputs as a JSON object. */
    String json(List<Tensor> inputs, int row, int rows) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = Json.mapper().createGenerator(text)) {
            out.writeStartObject();
            for (Tensor input : inputs) {
                write(out, input, row * input.width(rows), input.width(rows));
            }
            out.writeEndObject();
        }
        return text.toString();
    }

    private void write(JsonGenerator out, Tensor input, int from, int width) {
        if (width == names.size()) {
            for (int i = 0; i < width; i++) {
                out.writeName(names.get(i));
                writeElement(out, input.values(), from + i);
            }
            return;
        }
        out.writeName(input.name());
        if (width == 1) {
            writeElement(out, input.values(), from);
            return;
        }
        out.writeStartArray();
        for (int i = 0; i < width; i++) {
            writeElement(out, input.values(), from + i);
        }
        out.writeEndArray();
    }

    /** A missing number is null in what is recorded, whichever way it came. */
    private static void writeElement(JsonGenerator out, Values values, int at) {
        if (!(values instanceof Values.Texts) && Double.isNaN(values.number(at))) {
            out.writeNull();
        } else {
            values.write(out, at);
        }
    }

    private static PawlException unfit(String why) {
        return PawlException.user("model-unfit", "The model's metadata 'features' " + why);
    }
}
