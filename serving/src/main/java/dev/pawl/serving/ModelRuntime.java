package dev.pawl.serving;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One loaded model version. Safe for use by many threads. Whoever infers holds it meanwhile; after {@link #retire} nobody
 * can take hold of it any more, and the last to let go frees its native memory.
 */
final class ModelRuntime {
    private static final String FEATURES = "features";

    private final ModelVersion version;
    private final OrtSession session;
    private final List<TensorSpec> inputs;
    private final List<TensorSpec> outputs;
    private final Map<String, String> properties;
    private final Features features;
    private final AtomicInteger holds = new AtomicInteger(1);

    private ModelRuntime(ModelVersion version, OrtSession session) throws OrtException {
        this.version = version;
        this.session = session;
        this.inputs = specs("input", session.getInputInfo().values());
        this.outputs = specs("output", session.getOutputInfo().values());
        this.properties = Map.copyOf(session.getMetadata().getCustomMetadata());
        this.features = Features.of(properties.getOrDefault(FEATURES, ""), inputs);
    }

    /** Loads a model, checks that it can be served, and lets it answer once. */
    static ModelRuntime load(ModelVersion version, byte[] onnx) {
        try {
            OrtSession session = open(onnx);
            try {
                ModelRuntime runtime = new ModelRuntime(version, session);
                runtime.warmUp();
                return runtime;
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (OrtException e) {
            throw PawlException.user(
                    "model-unfit", "Model %s cannot be loaded by ONNX Runtime: %s".formatted(version, e.getMessage()));
        }
    }

    ModelVersion version() {
        return version;
    }

    List<TensorSpec> inputs() {
        return inputs;
    }

    List<TensorSpec> outputs() {
        return outputs;
    }

    /** The model file's own key-value pairs. */
    Map<String, String> properties() {
        return properties;
    }

    Features features() {
        return features;
    }

    /** Takes hold; false when it is retired. Each success must be followed by one {@link #release}. */
    boolean hold() {
        return holds.getAndUpdate(count -> count == 0 ? 0 : count + 1) != 0;
    }

    void release() {
        if (holds.decrementAndGet() == 0) {
            free();
        }
    }

    /** Lets go of the hold it was born with: to be called once, after nobody finds it any more. */
    void retire() {
        release();
    }

    /** Whether its native memory is free. */
    boolean freed() {
        return holds.get() == 0;
    }

    /** Runs the model. The inputs must fit {@link #inputs}. */
    List<Tensor> infer(List<Tensor> given) {
        Map<String, OnnxTensor> tensors = LinkedHashMap.newLinkedHashMap(given.size());
        try {
            for (Tensor tensor : given) {
                tensors.put(tensor.name(), OrtTensors.toNative(tensor));
            }
            try (OrtSession.Result result = session.run(tensors)) {
                return read(result);
            }
        } catch (OrtException e) {
            throw failed(e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private List<Tensor> read(OrtSession.Result result) throws OrtException {
        List<Tensor> read = new ArrayList<>(outputs.size());
        for (int i = 0; i < outputs.size(); i++) {
            read.add(OrtTensors.fromNative(outputs.get(i), (OnnxTensor) result.get(i)));
        }
        return read;
    }

    /** What the caller gave fits the model's types and shapes; the rest, such as an index out of range, only the model sees. */
    private PawlException failed(OrtException e) {
        return switch (e.getCode()) {
            case ORT_INVALID_ARGUMENT, ORT_FAIL, ORT_RUNTIME_EXCEPTION ->
                PawlException.user(
                        "model-refused",
                        "Model %s could not compute an answer from these inputs: %s"
                                .formatted(version, e.getMessage()));
            // The runtime's enum is not ours and grows with its releases.
            default ->
                PawlException.internal("model-failed", "Model %s failed: %s".formatted(version, e.getMessage()), e);
        };
    }

    private void warmUp() {
        try (Arena arena = Arena.ofConfined()) {
            infer(inputs.stream().map(spec -> OrtTensors.zeros(spec, arena)).toList());
        } catch (PawlException e) {
            throw PawlException.user(
                    "model-unfit",
                    "Model %s does not answer a first call with zeros of the shapes %s: %s"
                            .formatted(
                                    version,
                                    inputs.stream().map(TensorSpec::smallest).toList(),
                                    e.text()));
        }
    }

    private void free() {
        try {
            session.close();
        } catch (OrtException e) {
            System.getLogger(ModelRuntime.class.getName()).log(Level.WARNING, "closing " + version, e);
        }
    }

    private static List<TensorSpec> specs(String what, Collection<NodeInfo> nodes) {
        if (nodes.isEmpty()) {
            throw PawlException.user("model-unfit", "The model has no " + what);
        }
        return nodes.stream().map(node -> TensorSpec.of(what, node)).toList();
    }

    /** One thread for each call: many calls at once are what keeps the cores busy, and spinning threads would steal them. */
    private static OrtSession open(byte[] onnx) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // What goes wrong comes as an exception; a caller's mistake shall not write to our standard error as well.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            return OrtEnvironment.getEnvironment().createSession(onnx, options);
        }
    }
}
