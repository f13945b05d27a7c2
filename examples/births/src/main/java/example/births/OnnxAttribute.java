package example.births;

import java.util.List;

/** The attributes of an ONNX node, as serialised AttributeProto. */
final class OnnxAttribute {
    private static final int NAME = 1;
    private static final int TYPE = 20;

    private OnnxAttribute() {}

    static Protobuf integer(String name, long value) {
        return new Protobuf().text(NAME, name).integer(3, value).integer(TYPE, 2);
    }

    static Protobuf floats(String name, List<Float> values) {
        Protobuf attribute = new Protobuf().text(NAME, name);
        values.forEach(value -> attribute.float32(7, value));
        return attribute.integer(TYPE, 6);
    }

    static Protobuf integers(String name, List<Long> values) {
        Protobuf attribute = new Protobuf().text(NAME, name);
        values.forEach(value -> attribute.integer(8, value));
        return attribute.integer(TYPE, 7);
    }

    static Protobuf texts(String name, List<String> values) {
        Protobuf attribute = new Protobuf().text(NAME, name);
        values.forEach(value -> attribute.text(9, value));
        return attribute.integer(TYPE, 8);
    }
}
