package example.births;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * XGBoost's trees as an ONNX model: one TreeEnsembleRegressor. Input {@code features} is FP32 [-1, F], output {@code births} FP32
 * [-1, 1]; the metadata entry {@code features} has the names of the columns in order. NaN goes where XGBoost sends it.
 */
final class OnnxTrees {
    private static final long IR_VERSION = 8;
    private static final long ONNX_OPSET = 15;
    private static final long ML_OPSET = 3;
    private static final String ML = "ai.onnx.ml";
    private static final long FLOAT_ELEMENTS = 1;

    private final List<Long> trees = new ArrayList<>();
    private final List<Long> nodes = new ArrayList<>();
    private final List<Long> columns = new ArrayList<>();
    private final List<Float> splits = new ArrayList<>();
    private final List<String> modes = new ArrayList<>();
    private final List<Long> below = new ArrayList<>();
    private final List<Long> notBelow = new ArrayList<>();
    private final List<Long> missingIsBelow = new ArrayList<>();
    private final List<Long> leafTrees = new ArrayList<>();
    private final List<Long> leafNodes = new ArrayList<>();
    private final List<Float> leafValues = new ArrayList<>();

    private final List<String> features;
    private final String label;
    private final float base;

    private OnnxTrees(List<String> features, String label, float base) {
        this.features = features;
        this.label = label;
        this.base = base;
    }

    /** @param json the model as XGBoost saves it in its JSON form */
    static OnnxTrees of(byte[] json, List<String> features, String label) {
        try {
            JsonNode learner = new ObjectMapper().readTree(json).path("learner");
            float base = (float)
                    learner.path("learner_model_param").path("base_score").asDouble();
            OnnxTrees onnx = new OnnxTrees(features, label, base);
            learner.path("gradient_booster").path("model").path("trees").forEach(onnx::addTree);
            return onnx;
        } catch (IOException e) {
            throw new IllegalStateException("XGBoost wrote JSON that cannot be read: " + e.getMessage(), e);
        }
    }

    private void addTree(JsonNode tree) {
        long id = tree.path("id").asLong();
        for (int node = 0; node < tree.path("left_children").size(); node++) {
            addNode(tree, id, node);
        }
    }

    /** A split goes left where the value is less; a leaf keeps its value where a split has its threshold. */
    private void addNode(JsonNode tree, long id, int node) {
        long left = tree.path("left_children").path(node).asLong();
        boolean leaf = left < 0;
        float value = (float) tree.path("split_conditions").path(node).asDouble();
        trees.add(id);
        nodes.add((long) node);
        columns.add(leaf ? 0 : tree.path("split_indices").path(node).asLong());
        splits.add(leaf ? 0 : value);
        modes.add(leaf ? "LEAF" : "BRANCH_LT");
        below.add(leaf ? 0 : left);
        notBelow.add(leaf ? 0 : tree.path("right_children").path(node).asLong());
        missingIsBelow.add(leaf ? 0 : tree.path("default_left").path(node).asLong());
        if (leaf) {
            leafTrees.add(id);
            leafNodes.add((long) node);
            leafValues.add(value);
        }
    }

    /** The serialised ModelProto. */
    byte[] bytes() {
        return new Protobuf()
                .integer(1, IR_VERSION)
                .text(2, "births")
                .message(7, graph())
                .message(8, new Protobuf().text(1, "").integer(2, ONNX_OPSET))
                .message(8, new Protobuf().text(1, ML).integer(2, ML_OPSET))
                .message(14, new Protobuf().text(1, "features").text(2, String.join(",", features)))
                .bytes();
    }

    private Protobuf graph() {
        return new Protobuf()
                .message(1, node())
                .text(2, "trees")
                .message(11, tensor("features", features.size()))
                .message(12, tensor(label, 1));
    }

    private Protobuf node() {
        return new Protobuf()
                .text(1, "features")
                .text(2, label)
                .text(3, "ensemble")
                .text(4, "TreeEnsembleRegressor")
                .message(5, OnnxAttribute.integer("n_targets", 1))
                .message(5, OnnxAttribute.integers("nodes_treeids", trees))
                .message(5, OnnxAttribute.integers("nodes_nodeids", nodes))
                .message(5, OnnxAttribute.integers("nodes_featureids", columns))
                .message(5, OnnxAttribute.floats("nodes_values", splits))
                .message(5, OnnxAttribute.texts("nodes_modes", modes))
                .message(5, OnnxAttribute.integers("nodes_truenodeids", below))
                .message(5, OnnxAttribute.integers("nodes_falsenodeids", notBelow))
                .message(5, OnnxAttribute.integers("nodes_missing_value_tracks_true", missingIsBelow))
                .message(5, OnnxAttribute.integers("target_treeids", leafTrees))
                .message(5, OnnxAttribute.integers("target_nodeids", leafNodes))
                .message(
                        5,
                        OnnxAttribute.integers(
                                "target_ids", leafNodes.stream().map(_ -> 0L).toList()))
                .message(5, OnnxAttribute.floats("target_weights", leafValues))
                .message(5, OnnxAttribute.floats("base_values", List.of(base)))
                .text(7, ML);
    }

    /** A matrix of any number of rows. */
    private static Protobuf tensor(String name, int width) {
        Protobuf shape =
                new Protobuf().message(1, new Protobuf().text(2, "rows")).message(1, new Protobuf().integer(1, width));
        Protobuf type = new Protobuf().integer(1, FLOAT_ELEMENTS).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, type));
    }
}
