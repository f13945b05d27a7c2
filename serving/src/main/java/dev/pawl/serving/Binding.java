package dev.pawl.serving;

import dev.pawl.kernel.PawlException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** Holds a request against what the model says of itself; what does not fit is named. */
record Binding(ModelRuntime model, Arena arena) {
    /** Rows of one batch: each is a prediction to be kept. */
    static final int MOST_ROWS = 10_000;

    /** The input tensors in the model's order. */
    List<Tensor> bind(InferRequest request) {
        requireKnown(request);
        List<Tensor> bound = new ArrayList<>(model.inputs().size());
        for (TensorSpec spec : model.inputs()) {
            bound.add(bind(spec, given(spec, request.inputs())));
        }
        return bound;
    }

    private Tensor bind(TensorSpec spec, InferRequest.Input input) {
        if (!input.datatype().equals(spec.datatype().name())) {
            throw Leaves.bad(
                    input.where(), "the model takes datatype %s, not %s".formatted(spec.datatype(), input.datatype()));
        }
        if (!spec.takes(input.shape())) {
            throw Leaves.bad(
                    input.where(),
                    "the model takes shape %s (-1 is any length), not %s".formatted(spec.shape(), input.shape()));
        }
        input.data().requireShape(input.shape());
        if (input.data().size() == 0) {
            throw Leaves.bad(input.where(), "has no elements; give at least one row");
        }
        if (spec.batched() && input.shape().getFirst() > MOST_ROWS) {
            throw Leaves.bad(
                    input.where(),
                    "has %d rows; one request may have %d"
                            .formatted(input.shape().getFirst(), MOST_ROWS));
        }
        Values values = new LeafReader(input.data(), spec.datatype(), input.where(), arena).read();
        return new Tensor(spec.name(), spec.datatype(), input.shape(), values);
    }

    private InferRequest.Input given(TensorSpec spec, List<InferRequest.Input> inputs) {
        InferRequest.Input found = null;
        for (InferRequest.Input input : inputs) {
            if (input.name().equals(spec.name())) {
                if (found != null) {
                    throw bad("input '%s' is given twice".formatted(spec.name()));
                }
                found = input;
            }
        }
        if (found == null) {
            throw bad("input '%s' is missing; the model takes %s".formatted(spec.name(), names(model.inputs())));
        }
        return found;
    }

    private void requireKnown(InferRequest request) {
        for (InferRequest.Input input : request.inputs()) {
            requireOneOf(model.inputs(), input.name(), "input");
        }
        for (String output : request.outputs()) {
            requireOneOf(model.outputs(), output, "output");
        }
    }

    private void requireOneOf(List<TensorSpec> specs, String name, String what) {
        for (TensorSpec spec : specs) {
            if (spec.name().equals(name)) {
                return;
            }
        }
        throw bad("the model has no %s '%s'; it has %s".formatted(what, name, names(specs)));
    }

    private static List<String> names(List<TensorSpec> specs) {
        return specs.stream().map(TensorSpec::name).toList();
    }

    private PawlException bad(String why) {
        return PawlException.user("bad-request", "model " + model.version() + ": " + why);
    }
}
