package dev.pawl.serving;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.TensorInfo;
import dev.pawl.kernel.PawlException;
import java.util.Arrays;
import java.util.List;

/**
 * What a model says of one of its inputs or outputs.
 *
 * @param shape the dimensions; {@link #ANY} where a call decides
 */
record TensorSpec(String name, Datatype datatype, List<Long> shape) {
    static final long ANY = -1;

    static TensorSpec of(String what, NodeInfo node) {
        if (!(node.getInfo() instanceof TensorInfo tensor)) {
            throw unfit(
                    what,
                    node,
                    "is no tensor but " + node.getInfo()
                            + "; export the model without maps and sequences (scikit-learn: zipmap=False)");
        }
        Datatype datatype = Datatype.of(tensor.onnxType)
                .orElseThrow(() -> unfit(
                        what,
                        node,
                        "has the datatype " + tensor.onnxType
                                + ", which JSON cannot carry; cast it inside of the model, for example to FP32"));
        return new TensorSpec(
                node.getName(),
                datatype,
                Arrays.stream(tensor.getShape()).boxed().toList());
    }

    /** Whether the first dimension is the batch: each of its rows is one prediction. */
    boolean batched() {
        return !shape.isEmpty() && shape.getFirst() == ANY;
    }

    /** Whether a tensor of this shape may be given. */
    boolean takes(List<Long> given) {
        if (given.size() != shape.size()) {
            return false;
        }
        for (int i = 0; i < given.size(); i++) {
            if (shape.get(i) != ANY && !shape.get(i).equals(given.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The smallest shape that the model takes: one wherever it leaves the choice. */
    List<Long> smallest() {
        return shape.stream()
                .map(dimension -> dimension == ANY ? 1L : dimension)
                .toList();
    }

    private static PawlException unfit(String what, NodeInfo node, String why) {
        return PawlException.user("model-unfit", "The model's %s '%s' %s.".formatted(what, node.getName(), why));
    }
}
