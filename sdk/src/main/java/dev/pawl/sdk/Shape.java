package dev.pawl.sdk;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;

/**
 * A type of Java taken apart: {@code Optional<List<Table>>} is an optional list of tables.
 *
 * @param element what is left inside
 */
record Shape(boolean optional, boolean list, Type element) {
    static Shape of(Type type) {
        Optional<Type> within = argument(type, Optional.class);
        Type inner = within.orElse(type);
        Optional<Type> element = argument(inner, List.class);
        return new Shape(within.isPresent(), element.isPresent(), element.orElse(inner));
    }

    /** The type's only argument, if it is of that generic class. */
    static Optional<Type> argument(Type type, Class<?> generic) {
        return type instanceof ParameterizedType known && known.getRawType().equals(generic)
                ? Optional.of(known.getActualTypeArguments()[0])
                : Optional.empty();
    }

    /** How a person would write a type: without packages. */
    static String word(Type type) {
        return type.getTypeName().replaceAll("[\\w.]+[.$]", "");
    }
}
