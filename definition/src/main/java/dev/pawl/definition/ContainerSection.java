package dev.pawl.definition;

import dev.pawl.definition.Definition.Container;
import java.util.Optional;

/** {@code container}: the image that a command runs in, of a step or of CI. */
final class ContainerSection {
    private static final YamlFormat<String> IMAGE = YamlFormat.text(
            "an image pinned by its digest, such as name@sha256:0123...ef with 64 hexadecimal digits",
            "stand-in",
            YamlFormat.matches(YamlFormat.PINNED_IMAGE));

    private ContainerSection() {}

    /** @param map that may have a {@code python} as well, which is not for both */
    static Optional<Container> read(YamlMap map) {
        var container = map.textOrMap("container", IMAGE.map(ContainerSection::closed), ContainerSection::container);
        if (container.isPresent() && map.has("python")) {
            map.problems().addUnlessTold(map.placeOf("python"), "a container brings its own Python: name one of both");
        }
        return container;
    }

    private static Container closed(String image) {
        return new Container(image, false);
    }

    private static Container container(YamlMap container) {
        return new Container(
                container.required("image", IMAGE), container.optional("network", YamlFormat.TRUTH, false));
    }
}
