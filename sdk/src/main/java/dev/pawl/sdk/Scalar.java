package dev.pawl.sdk;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types that a single value may have: a {@link Param}, an output, a part of a record. */
enum Scalar {
    INT(int.class, Integer.class),
    LONG(long.class, Long.class),
    DOUBLE(double.class, Double.class),
    STRING(String.class, String.class),
    BOOLEAN(boolean.class, Boolean.class);

    private final Class<?> type;
    private final Class<?> boxed;

    Scalar(Class<?> type, Class<?> boxed) {
        this.type = type;
        this.boxed = boxed;
    }

    static Optional<Scalar> of(Type type) {
        return Arrays.stream(values())
                .filter(known -> List.of(known.type, known.boxed).contains(type))
                .findFirst();
    }

    /** Its type in Java, a primitive one if it has one. */
    Class<?> type() {
        return type;
    }

    /** Its type as an element of a list. */
    Class<?> boxed() {
        return boxed;
    }

    boolean isNumber() {
        return this == INT || this == LONG || this == DOUBLE;
    }

    /** Its name in the contract. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value of a text, if it is one of this type. */
    Optional<Object> parse(String text) {
        try {
            return of(
                    switch (this) {
                        case STRING -> text;
                        case BOOLEAN -> bool(text);
                        case INT, LONG, DOUBLE -> Json.parse(text, "default");
                    });
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The value of a JSON scalar, if it is one of this type; a whole number may be written with a fraction of zero. */
    Optional<Object> of(@Nullable Object json) {
        return switch (this) {
            case STRING -> json instanceof String text ? Optional.of(text) : Optional.empty();
            case BOOLEAN -> json instanceof Boolean bool ? Optional.of(bool) : Optional.empty();
            case DOUBLE -> json instanceof Number number ? finite(number.doubleValue()) : Optional.empty();
            case LONG -> whole(json).map(value -> value);
            case INT -> whole(json).filter(value -> value == value.intValue()).map(Long::intValue);
        };
    }

    private static Optional<Object> finite(double value) {
        return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    }

    private static Optional<Long> whole(@Nullable Object json) {
        return switch (json) {
            case Integer value -> Optional.of(value.longValue());
            case Long value -> Optional.of(value);
            case Double value
            when value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE -> Optional.of(value.longValue());
            case null, default -> Optional.empty();
        };
    }

    private static @Nullable Object bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        };
    }
}
