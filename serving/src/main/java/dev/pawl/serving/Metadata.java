package dev.pawl.serving;

import java.util.List;
import java.util.Map;

/** What the service says of itself and of its models: the protocol's objects. */
final class Metadata {
    private static final String PLATFORM = "onnx_onnxv1";

    private Metadata() {}

    record Server(String name, String version, List<String> extensions) {
        static Server pawl() {
            String version = Metadata.class.getPackage().getImplementationVersion();
            return new Server("pawl", version == null ? "development" : version, List.of());
        }
    }

    record Models(List<String> models) {
        static Models of(Champions champions) {
            return new Models(
                    champions.models().stream().map(model -> model.value()).toList());
        }
    }

    record Tensor(String name, String datatype, List<Long> shape) {
        static List<Tensor> of(List<TensorSpec> specs) {
            return specs.stream()
                    .map(spec -> new Tensor(spec.name(), spec.datatype().name(), spec.shape()))
                    .toList();
        }
    }

    /**
     * One model.
     *
     * @param versions those that answer, the champion first
     * @param properties the model file's own key-value pairs
     */
    record Model(
            String name,
            List<String> versions,
            String platform,
            List<Tensor> inputs,
            List<Tensor> outputs,
            Map<String, String> properties) {
        static Model of(ModelRuntime model, Champions.Place place) {
            return new Model(
                    model.version().model().value(),
                    place.runtimes()
                            .map(runtime -> String.valueOf(runtime.version().number()))
                            .toList(),
                    PLATFORM,
                    Tensor.of(model.inputs()),
                    Tensor.of(model.outputs()),
                    model.properties());
        }
    }
}
