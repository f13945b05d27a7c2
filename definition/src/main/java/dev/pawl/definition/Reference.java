package dev.pawl.definition;

import java.util.Optional;

/**
 * Where an input comes from, as it is written.
 *
 * @param text {@code data.NAME}, {@code inputs.NAME}, {@code STEP} or {@code STEP.OUTPUT}; empty for a wrong one, which is
 *     reported
 * @param each whether the step runs once for each element
 * @param optional whether the step also runs where there is none
 * @param list whether only a list will do
 */
record Reference(YamlPlace place, String text, boolean each, boolean optional, boolean list) {
    static final YamlFormat<Reference> FORMAT = new YamlFormat<>(
            "a reference: data.NAME, STEP or STEP.OUTPUT", plain(YamlPlace.START, ""), Reference::read);

    private static Optional<Reference> read(YamlScalar scalar) {
        return YamlFormat.TEXT
                .reading()
                .apply(scalar)
                .filter(text -> text.matches(YamlFormat.NAME + "(\\." + YamlFormat.NAME + ")?"))
                .map(text -> plain(scalar.place(), text));
    }

    static Reference plain(YamlPlace place, String text) {
        return new Reference(place, text, false, false, false);
    }

    Reference taken(boolean byEach, boolean optionally) {
        return new Reference(place, text, byEach, optionally, list);
    }

    /** The step, or the group of names, that is referred to. */
    String first() {
        return text.split("\\.", 2)[0];
    }

    /** What of it; empty if only the step is named. */
    String second() {
        int dot = text.indexOf('.');
        return dot < 0 ? "" : text.substring(dot + 1);
    }
}
