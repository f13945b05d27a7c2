package dev.pawl.sdk;

import java.nio.file.Path;
import java.util.List;

/**
 * What a step of a test has given.
 *
 * @param list whether it is a folder of such things
 */
record TestOutput(String step, Form form, boolean list, Path path) {

    <T> T one(Class<T> type) {
        if (list && !type.equals(Path.class)) {
            throw new IllegalArgumentException(
                    "Step " + step + " gives a list: ask for outputs(\"" + step + "\", " + form.word() + ".class)");
        }
        return cast(type, wanted(type).read(path));
    }

    <T> List<T> all(Class<T> type) {
        if (!list) {
            throw new IllegalArgumentException("Step " + step + " gives no list but one " + form.word()
                    + ": ask for output(\"" + step + "\", " + form.word() + ".class)");
        }
        Form wanted = wanted(type);
        return Folders.elements(path).stream()
                .map(file -> cast(type, wanted.read(file)))
                .toList();
    }

    private Form wanted(Class<?> type) {
        return Form.of(type)
                .filter(wanted -> wanted.takes(form))
                .orElseThrow(() -> new IllegalArgumentException("Step " + step + " gives " + Form.a(form.word())
                        + ", not " + Form.a(type.getSimpleName()) + ": ask for that, or for Path.class"));
    }

    /** {@link Class#cast} does not know that an Integer is an int. */
    @SuppressWarnings("unchecked")
    private static <T> T cast(Class<T> type, Object value) {
        return type.isPrimitive() ? (T) value : type.cast(value);
    }
}
