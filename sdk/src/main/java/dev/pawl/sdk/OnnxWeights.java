package dev.pawl.sdk;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The numbers that an ONNX model has learnt: its initializers and the attributes of its nodes (onnx.proto3: ModelProto.graph = 7,
 * GraphProto.node = 1 and initializer = 5, NodeProto.attribute = 5, AttributeProto f = 2, t = 5, floats = 7, tensors = 10, TensorProto
 * data_type = 2, float_data = 4, raw_data = 9, double_data = 10). ONNX Runtime does not show them, and the protobuf library accesses memory in a
 * way that this JVM forbids.
 */
final class OnnxWeights {
    private static final int FLOAT = 1;
    private static final int DOUBLE = 11;

    private OnnxWeights() {}

    /** Where the first weight is that is NaN or infinite. What is no ONNX file has none: the runtime will refuse it. */
    static Optional<String> notFinite(byte[] model) {
        try {
            return graph(Message.of(model));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> graph(Message message) {
        while (message.next()) {
            if (message.field == 7 && message.isBytes()) {
                Message graph = message.within();
                while (graph.next()) {
                    Optional<String> bad = graph.isBytes() ? part(graph) : Optional.empty();
                    if (bad.isPresent()) {
                        return bad;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> part(Message graph) {
        return switch (graph.field) {
            case 1 -> node(graph.within());
            case 5 -> tensor(graph.within());
            default -> Optional.empty();
        };
    }

    private static Optional<String> node(Message node) {
        while (node.next()) {
            if (node.field == 5 && node.isBytes()) {
                Optional<String> bad = attribute(node.within());
                if (bad.isPresent()) {
                    return bad;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> attribute(Message attribute) {
        String name = "an attribute";
        boolean bad = false;
        while (attribute.next()) {
            switch (attribute.field) {
                case 1 -> name = "attribute " + attribute.text();
                case 2 -> bad |= !Float.isFinite(attribute.number);
                case 7 -> bad |= attribute.isBytes() ? !floats(attribute.bytes()) : !Float.isFinite(attribute.number);
                case 5, 10 -> bad |= tensor(attribute.within()).isPresent();
                default -> {} // is no number that was learnt
            }
        }
        return bad ? Optional.of(name) : Optional.empty();
    }

    private static Optional<String> tensor(Message tensor) {
        String name = "a tensor";
        long type = 0;
        boolean bad = false;
        ByteBuffer raw = ByteBuffer.allocate(0);
        while (tensor.next()) {
            switch (tensor.field) {
                case 2 -> type = tensor.whole;
                case 4 -> bad |= tensor.isBytes() ? !floats(tensor.bytes()) : !Float.isFinite(tensor.number);
                case 8 -> name = "tensor " + tensor.text();
                case 9 -> raw = tensor.bytes();
                case 10 -> bad |= tensor.isBytes() && !doubles(tensor.bytes());
                default -> {} // is no number that was learnt
            }
        }
        bad |= (type == FLOAT && !floats(raw)) || (type == DOUBLE && !doubles(raw));
        return bad ? Optional.of(name) : Optional.empty();
    }

    private static boolean floats(ByteBuffer bytes) {
        boolean finite = true;
        while (bytes.remaining() >= Float.BYTES) {
            finite &= Float.isFinite(bytes.getFloat());
        }
        return finite;
    }

    private static boolean doubles(ByteBuffer bytes) {
        boolean finite = true;
        while (bytes.remaining() >= Double.BYTES) {
            finite &= Double.isFinite(bytes.getDouble());
        }
        return finite;
    }

    /** Reads protobuf's wire format, field after field. */
    private static final class Message {
        private final ByteBuffer in;
        private int field;
        private int wireType;
        private long whole;
        private float number;
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        private Message(ByteBuffer in) {
            this.in = in;
        }

        static Message of(byte[] bytes) {
            return new Message(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        }

        boolean next() {
            if (!in.hasRemaining()) {
                return false;
            }
            long tag = varint();
            field = (int) (tag >>> 3);
            wireType = (int) (tag & 7);
            switch (wireType) {
                case 0 -> whole = varint();
                case 1 -> in.getLong();
                case 2 -> take((int) Math.min(varint(), Integer.MAX_VALUE));
                case 5 -> number = in.getFloat();
                default -> throw new IllegalArgumentException("wire type " + wireType);
            }
            return true;
        }

        private void take(int length) {
            if (length < 0 || length > in.remaining()) {
                throw new BufferUnderflowException();
            }
            bytes = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
            in.position(in.position() + length);
        }

        private long varint() {
            long value = 0;
            for (int shift = 0; shift < Long.SIZE; shift += 7) {
                byte next = in.get();
                value |= (long) (next & 0x7f) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw new IllegalArgumentException("a number that does not end");
        }

        boolean isBytes() {
            return wireType == 2;
        }

        ByteBuffer bytes() {
            return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        }

        Message within() {
            return new Message(bytes());
        }

        String text() {
            return StandardCharsets.UTF_8.decode(bytes()).toString();
        }
    }
}
