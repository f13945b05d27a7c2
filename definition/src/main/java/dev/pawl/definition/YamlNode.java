package dev.pawl.definition;

import java.util.Optional;

/** A piece of pawl.yaml that knows where it stands. */
sealed interface YamlNode permits YamlMap, YamlList, YamlScalar {
    YamlPlace place();

    /** Maps, lists, text, numbers and truth values of the JDK; empty for null. */
    Optional<Object> content();

    /** What it is, for a sentence: {@code a map}, {@code '12x'}. */
    String shown();
}
