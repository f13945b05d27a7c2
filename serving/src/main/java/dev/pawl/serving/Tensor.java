package dev.pawl.serving;

import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Elements with a name, a type and a shape: what goes into a model and what comes out. */
record Tensor(String name, Datatype datatype, List<Long> shape, Values values) {
    /** The length of the first dimension, 0 if there is none. */
    long rows() {
        return shape.isEmpty() ? 0 : shape.getFirst();
    }

    /** Elements in one of so many equal rows. */
    int width(int rows) {
        return values.size() / rows;
    }

    /** As an object of the protocol. */
    void write(JsonGenerator out) {
        write(out, shape, 0, values.size());
    }

    /** One row as an object of the protocol: a batch of one. */
    void writeRow(JsonGenerator out, int row, int rows) {
        if (rows == 1) {
            write(out);
        } else {
            int width = width(rows);
            write(out, batchOfOne(), row * width, (row + 1) * width);
        }
    }

    private List<Long> batchOfOne() {
        Long[] one = shape.toArray(Long[]::new);
        one[0] = 1L;
        return List.of(one);
    }

    private void write(JsonGenerator out, List<Long> dimensions, int from, int to) {
        out.writeStartObject();
        out.writeStringProperty("name", name);
        out.writeName("shape");
        out.writeStartArray();
        for (long dimension : dimensions) {
            out.writeNumber(dimension);
        }
        out.writeEndArray();
        out.writeStringProperty("datatype", datatype.name());
        out.writeName("data");
        writeElements(out, from, to);
        out.writeEndObject();
    }

    void writeElements(JsonGenerator out, int from, int to) {
        out.writeStartArray();
        for (int at = from; at < to; at++) {
            values.write(out, at);
        }
        out.writeEndArray();
    }
}
