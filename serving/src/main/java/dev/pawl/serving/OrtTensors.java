package dev.pawl.serving;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Tensors on their way into the runtime and out of it. */
final class OrtTensors {
    private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();

    private OrtTensors() {}

    /** Native memory is taken as it is, so it must outlive the tensor. */
    static OnnxTensor toNative(Tensor tensor) throws OrtException {
        long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
        return switch (tensor.values()) {
            case Values.Floats floats -> OnnxTensor.createTensor(RUNTIME, floats.elements(), shape);
            case Values.Doubles doubles -> OnnxTensor.createTensor(RUNTIME, doubles.elements(), shape);
            case Values.Integers integers -> integers(tensor.datatype(), integers.elements(), shape);
            case Values.Flags flags -> OnnxTensor.createTensor(RUNTIME, flags.elements(), shape, OnnxJavaType.BOOL);
            case Values.Texts texts ->
                OnnxTensor.createTensor(RUNTIME, texts.elements().toArray(String[]::new), shape);
        };
    }

    /** Copied out of native memory. */
    static Tensor fromNative(TensorSpec spec, OnnxTensor tensor) throws OrtException {
        List<Long> shape = Arrays.stream(tensor.getInfo().getShape()).boxed().toList();
        return new Tensor(spec.name(), spec.datatype(), shape, values(spec.datatype(), tensor));
    }

    /** What a first call is made with: zeros, false and empty texts. */
    static Tensor zeros(TensorSpec spec, Arena arena) {
        List<Long> shape = spec.smallest();
        int size = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
        ByteBuffer memory = arena.allocate((long) size * spec.datatype().bytes(), Long.BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
        Values values = switch (spec.datatype()) {
            case FP32 -> new Values.Floats(memory.asFloatBuffer());
            case FP64 -> new Values.Doubles(memory.asDoubleBuffer());
            case INT8, INT16, INT32, INT64, UINT8 -> new Values.Integers(LongBuffer.allocate(size));
            case BOOL -> new Values.Flags(memory);
            case BYTES -> new Values.Texts(Collections.nCopies(size, ""));
        };
        return new Tensor(spec.name(), spec.datatype(), shape, values);
    }

    private static OnnxTensor integers(Datatype type, LongBuffer elements, long[] shape) throws OrtException {
        int size = elements.limit();
        return switch (type) {
            case INT8, UINT8 -> {
                ByteBuffer bytes = ByteBuffer.allocate(size);
                for (int i = 0; i < size; i++) {
                    bytes.put(i, (byte) elements.get(i));
                }
                yield OnnxTensor.createTensor(
                        RUNTIME, bytes, shape, type == Datatype.INT8 ? OnnxJavaType.INT8 : OnnxJavaType.UINT8);
            }
            case INT16 -> {
                ShortBuffer shorts = ShortBuffer.allocate(size);
                for (int i = 0; i < size; i++) {
                    shorts.put(i, (short) elements.get(i));
                }
                yield OnnxTensor.createTensor(RUNTIME, shorts, shape);
            }
            case INT32 -> {
                IntBuffer ints = IntBuffer.allocate(size);
                for (int i = 0; i < size; i++) {
                    ints.put(i, (int) elements.get(i));
                }
                yield OnnxTensor.createTensor(RUNTIME, ints, shape);
            }
            case INT64 -> OnnxTensor.createTensor(RUNTIME, elements, shape);
            case BOOL, FP32, FP64, BYTES -> throw new IllegalArgumentException(type + " is not a whole number");
        };
    }

    private static Values values(Datatype type, OnnxTensor tensor) throws OrtException {
        return switch (type) {
            case FP32 -> new Values.Floats(tensor.getFloatBuffer());
            case FP64 -> new Values.Doubles(tensor.getDoubleBuffer());
            case INT8, INT16, INT32, INT64, UINT8 -> new Values.Integers(longs(type, tensor));
            case BOOL -> new Values.Flags(copy(tensor.getByteBuffer()));
            case BYTES -> new Values.Texts(texts(tensor.getValue()));
        };
    }

    private static LongBuffer longs(Datatype type, OnnxTensor tensor) {
        return switch (type) {
            case INT8 -> {
                ByteBuffer bytes = tensor.getByteBuffer();
                yield longs(bytes.limit(), bytes::get);
            }
            case UINT8 -> {
                ByteBuffer bytes = tensor.getByteBuffer();
                yield longs(bytes.limit(), at -> Byte.toUnsignedLong(bytes.get(at)));
            }
            case INT16 -> {
                ShortBuffer shorts = tensor.getShortBuffer();
                yield longs(shorts.limit(), shorts::get);
            }
            case INT32 -> {
                IntBuffer ints = tensor.getIntBuffer();
                yield longs(ints.limit(), ints::get);
            }
            case INT64 -> tensor.getLongBuffer();
            case BOOL, FP32, FP64, BYTES -> throw new IllegalArgumentException(type + " is not a whole number");
        };
    }

    private interface Element {
        long at(int index);
    }

    private static LongBuffer longs(int size, Element element) {
        LongBuffer longs = LongBuffer.allocate(size);
        for (int i = 0; i < size; i++) {
            longs.put(i, element.at(i));
        }
        return longs;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    private static List<String> texts(Object nested) {
        List<String> texts = new ArrayList<>();
        flatten(nested, texts);
        return texts;
    }

    private static void flatten(Object nested, List<String> texts) {
        if (nested instanceof Object[] list) {
            for (Object element : list) {
                flatten(element, texts);
            }
        } else {
            texts.add(String.valueOf(nested));
        }
    }
}
