package dev.pawl.serving;

import ai.onnxruntime.TensorInfo.OnnxTensorType;
import java.util.Optional;

/** The types of elements that this service carries in JSON, under the names of the Open Inference Protocol. */
enum Datatype {
    BOOL(1),
    INT8(Byte.MIN_VALUE, Byte.MAX_VALUE, 1),
    INT16(Short.MIN_VALUE, Short.MAX_VALUE, 2),
    INT32(Integer.MIN_VALUE, Integer.MAX_VALUE, 4),
    INT64(Long.MIN_VALUE, Long.MAX_VALUE, 8),
    UINT8(0, 255, 1),
    FP32(4),
    FP64(8),
    BYTES(0);

    private final long least;
    private final long most;
    private final int bytes;

    Datatype(int bytes) {
        this(0, 0, bytes);
    }

    Datatype(long least, long most, int bytes) {
        this.least = least;
        this.most = most;
        this.bytes = bytes;
    }

    /** Of the whole numbers: the range. */
    long least() {
        return least;
    }

    long most() {
        return most;
    }

    /** Of one element; text has no fixed size. */
    int bytes() {
        return bytes;
    }

    /** Empty for what JSON cannot carry or the runtime cannot be given. */
    static Optional<Datatype> of(OnnxTensorType type) {
        return switch (type) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BOOL -> Optional.of(BOOL);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Optional.of(INT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT16 -> Optional.of(INT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Optional.of(INT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Optional.of(INT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Optional.of(UINT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Optional.of(FP32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Optional.of(FP64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING -> Optional.of(BYTES);
            // The runtime's enum is not ours and grows with its releases.
            default -> Optional.empty();
        };
    }
}
