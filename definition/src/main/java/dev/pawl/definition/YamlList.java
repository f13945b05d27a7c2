package dev.pawl.definition;

import java.util.List;
import java.util.Optional;

/** A list in pawl.yaml. */
record YamlList(YamlPlace place, List<YamlNode> items) implements YamlNode {
    @Override
    public Optional<Object> content() {
        return Optional.of(items.stream().map(YamlNode::content).toList());
    }

    @Override
    public String shown() {
        return "a list";
    }
}
