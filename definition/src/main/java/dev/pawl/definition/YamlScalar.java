package dev.pawl.definition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** A single value in pawl.yaml: its text as written, and what YAML 1.2 takes it for. */
record YamlScalar(YamlPlace place, String text, Type type) implements YamlNode {
    private static final int MOST_SHOWN = 60;

    /** How YAML's JSON schema reads a value. */
    enum Type {
        TEXT,
        NUMBER,
        TRUTH,
        NOTHING
    }

    /** As JSON has it: text, a truth value or a number, which is whole if it is written so. */
    @Override
    public Optional<Object> content() {
        return switch (type) {
            case TEXT -> Optional.of(text);
            case TRUTH -> Optional.of(Boolean.valueOf(text));
            case NUMBER -> number().map(this::asWritten).or(() -> Optional.of(text));
            case NOTHING -> Optional.empty();
        };
    }

    /** The number, unless it is something else or beyond every JSON reader, such as {@code .inf}. */
    Optional<BigDecimal> number() {
        try {
            var number = new BigDecimal(text);
            boolean usual = type == Type.NUMBER && Double.isFinite(number.doubleValue());
            return usual ? Optional.of(number) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Object asWritten(BigDecimal number) {
        boolean decimal = text.chars().anyMatch(c -> c == '.' || c == 'e' || c == 'E');
        return decimal ? number.doubleValue() : smallest(number.toBigIntegerExact());
    }

    /** In the type in which JSON readers give it back, so that a definition equals the one read from its own JSON. */
    static Number smallest(BigInteger whole) {
        return whole.bitLength() < Integer.SIZE
                ? (Number) whole.intValueExact()
                : whole.bitLength() < Long.SIZE ? (Number) whole.longValueExact() : whole;
    }

    static Optional<Long> whole(BigDecimal number) {
        try {
            return Optional.of(number.longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    @Override
    public String shown() {
        String all = text.lines().findFirst().orElse("");
        return switch (type) {
            case NOTHING -> "an empty value";
            case TEXT, NUMBER, TRUTH ->
                "'" + (all.length() <= MOST_SHOWN ? all : all.substring(0, MOST_SHOWN) + "...") + "'";
        };
    }
}
