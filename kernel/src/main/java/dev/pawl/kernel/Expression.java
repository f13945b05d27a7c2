package dev.pawl.kernel;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A condition over named values, such as {@code evaluate.mape < 0.05 and not (kind == 'linear' or early)}.
 *
 * <p>It knows {@code or}, {@code and} and {@code not}, which bind in this order from loose to close, and parentheses; comparisons
 * by {@code == != < <= > >=}; numbers, {@code 'text'} or {@code "text"}, {@code true} and {@code false}; and names: a letter or
 * {@code _}, then letters, digits, {@code _}, {@code .} and {@code -}. What is compared must be of one kind; truth values have
 * no order. There is no arithmetic, so that {@code -} can be part of a name. Immutable.
 */
public final class Expression {
    private static final int MOST_CHARACTERS = 2_000;
    private static final int DEEPEST = 50;
    private static final Set<String> OF_ANYTHING = Set.of("==", "!=");
    private static final Set<String> OF_WHAT_HAS_ORDER = Set.of("<", "<=", ">", ">=");

    private final String text;
    private final Condition condition;
    private final Set<String> names;

    private Expression(String text, Condition condition, Set<String> names) {
        this.text = text;
        this.condition = condition;
        this.names = Collections.unmodifiableSet(names);
    }

    /** @throws PawlException {@code bad-expression}, with the column and what to write there */
    public static Expression parse(String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw PawlException.user(
                    "bad-expression", "A condition of more than " + MOST_CHARACTERS + " characters is too long");
        }
        var parser = new Parser(text);
        return new Expression(text, parser.whole(), parser.names);
    }

    /** The names in the order in which they first appear. */
    public Set<String> names() {
        return names;
    }

    /**
     * Asks for names only as far as they decide: of {@code a or b}, b is not asked for where a is true.
     *
     * @param values a {@link Number}, {@link String}, {@link Boolean} or {@link Enum} for each name; empty if there is none. An
     *     enum is compared with text, in upper or lower case
     * @throws PawlException {@code unknown-name} if there is no value for a name; {@code bad-comparison} if values of different
     *     kinds are compared, or one stands alone that is neither true nor false
     */
    public boolean isTrue(Function<String, Optional<Object>> values) {
        return isTrue(condition, values);
    }

    private boolean isTrue(Condition asked, Function<String, Optional<Object>> values) {
        return switch (asked) {
            case AnyOf(var parts) -> parts.stream().anyMatch(part -> isTrue(part, values));
            case AllOf(var parts) -> parts.stream().allMatch(part -> isTrue(part, values));
            case Not(var part) -> !isTrue(part, values);
            case Alone(var operand) -> isTrue(operand, value(operand, values));
            case Comparison comparison -> isTrue(comparison, values);
        };
    }

    private boolean isTrue(Operand operand, Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw bad("bad-comparison", "%s is %s: compare it with something".formatted(operand, shown(value)));
    }

    private boolean isTrue(Comparison comparison, Function<String, Optional<Object>> values) {
        Object first = value(comparison.left, values);
        Object second = value(comparison.right, values);
        Object left = Words.of(first, second);
        Object right = Words.of(second, first);
        var sign = comparison.sign;
        if (left instanceof Number a && right instanceof Number b) {
            return holds(a, sign, b);
        } else if (left instanceof String a && right instanceof String b) {
            return holds(sign, a.compareTo(b));
        } else if (left instanceof Boolean a && right instanceof Boolean b && OF_ANYTHING.contains(sign)) {
            return holds(sign, a.compareTo(b));
        }
        throw bad(
                "bad-comparison",
                "%s is %s and %s is %s: '%s' cannot compare them"
                        .formatted(comparison.left, shown(left), comparison.right, shown(right), sign));
    }

    /** Exact: 0.1 equals 0.1, whether it came as text or as a double. As everywhere, NaN only differs. */
    private static boolean holds(Number a, String sign, Number b) {
        double left = a.doubleValue();
        double right = b.doubleValue();
        if (Double.isNaN(left) || Double.isNaN(right)) {
            return sign.equals("!=");
        } else if (Double.isInfinite(left) || Double.isInfinite(right)) {
            return holds(sign, Double.compare(left, right));
        }
        return holds(sign, new BigDecimal(a.toString()).compareTo(new BigDecimal(b.toString())));
    }

    private static boolean holds(String sign, int order) {
        return switch (sign) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalStateException("the parser knows no sign " + sign);
        };
    }

    private Object value(Operand operand, Function<String, Optional<Object>> values) {
        return operand.constant
                .or(() -> values.apply(operand.written))
                .orElseThrow(() -> bad("unknown-name", "nothing is called '" + operand + "'"));
    }

    private PawlException bad(String code, String what) {
        return PawlException.user(code, "In the condition '%s' %s".formatted(text, what));
    }

    private static String shown(Object value) {
        return switch (value) {
            case Number number -> "the number " + number;
            case String written -> "the text '" + written + "'";
            case Boolean truth -> truth.toString();
            default -> "neither number nor text nor truth value";
        };
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }

    private sealed interface Condition {}

    private record AnyOf(List<Condition> parts) implements Condition {}

    private record AllOf(List<Condition> parts) implements Condition {}

    private record Not(Condition part) implements Condition {}

    private record Comparison(Operand left, String sign, Operand right) implements Condition {}

    private record Alone(Operand operand) implements Condition {}

    /** A constant as it is written with what it stands for, or a name, which stands for nothing yet. */
    private record Operand(String written, Optional<Object> constant) {
        @Override
        public String toString() {
            return written;
        }
    }

    /** Reads from left to right, one word ahead; the word is empty at the end. */
    private static final class Parser {
        private static final Pattern WORD = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?(?![\\w.])"
                + "|'[^']*'|\"[^\"]*\"|[A-Za-z_][A-Za-z0-9_.-]*|[=!<>]=|[<>()]|$");
        private static final Map<Character, String> INSTEAD =
                Map.of('=', "==", '!', "not", '&', "and", '|', "or", '\'', "a second '", '"', "a second \"");

        private final String text;
        private final Matcher matcher;
        private final Set<String> names = new LinkedHashSet<>();
        private String word = "";
        private int depth;

        Parser(String text) {
            this.text = text.stripTrailing();
            this.matcher = WORD.matcher(this.text);
            advance();
        }

        private void advance() {
            int at = matcher.regionStart();
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (!matcher.region(at, text.length()).lookingAt()) {
                String instead = INSTEAD.getOrDefault(text.charAt(at), "a number such as 12, -0.5 or 1e-3, or a name");
                throw wrong(at, "there is no such word or sign; write " + instead);
            }
            word = matcher.group();
            matcher.region(matcher.end(), text.length());
        }

        Condition whole() {
            Condition whole = anyOf();
            if (!word.isEmpty()) {
                throw wrong("'" + word + "' cannot follow here: write and, or, or nothing more");
            }
            return whole;
        }

        private Condition anyOf() {
            var parts = new ArrayList<>(List.of(allOf()));
            while (takes("or")) {
                parts.add(allOf());
            }
            return parts.size() == 1 ? parts.getFirst() : new AnyOf(parts);
        }

        private Condition allOf() {
            var parts = new ArrayList<>(List.of(part()));
            while (takes("and")) {
                parts.add(part());
            }
            return parts.size() == 1 ? parts.getFirst() : new AllOf(parts);
        }

        private Condition part() {
            if (++depth > DEEPEST) {
                throw wrong("this is nested deeper than " + DEEPEST + " levels");
            }
            Condition part = takes("not") ? new Not(part()) : takes("(") ? enclosed() : comparison();
            depth--;
            return part;
        }

        private Condition enclosed() {
            Condition within = anyOf();
            if (!takes(")")) {
                throw wrong("a ) is missing");
            }
            return within;
        }

        private Condition comparison() {
            Operand left = operand();
            String sign = word;
            if (OF_ANYTHING.contains(sign) || OF_WHAT_HAS_ORDER.contains(sign)) {
                advance();
                return new Comparison(left, sign, operand());
            } else if (left.constant.orElse(true) instanceof Boolean) {
                return new Alone(left);
            }
            throw wrong(left + " must be compared with something: write ==, !=, <, <=, > or >=");
        }

        private Operand operand() {
            String taken = word;
            char first = taken.isEmpty() ? ' ' : taken.charAt(0);
            if (first == '\'' || first == '"') {
                return constant(taken.substring(1, taken.length() - 1));
            } else if (first == '-' || Character.isDigit(first)) {
                return constant(new BigDecimal(taken));
            } else if (taken.equals("true") || taken.equals("false")) {
                return constant(Boolean.valueOf(taken));
            } else if ((Character.isLetter(first) || first == '_')
                    && !Set.of("and", "or", "not").contains(taken)) {
                names.add(taken);
                advance();
                return new Operand(taken, Optional.empty());
            }
            String instead = taken.isEmpty() ? "it ends" : "'" + taken + "' stands";
            throw wrong(instead + " where a name, a number, 'text', true or false must be");
        }

        private Operand constant(Object value) {
            var constant = new Operand(word, Optional.of(value));
            advance();
            return constant;
        }

        private boolean takes(String expected) {
            boolean taken = word.equals(expected);
            if (taken) {
                advance();
            }
            return taken;
        }

        private PawlException wrong(String what) {
            String instead = "'" + word + "' cannot follow here; a date is text, in quotes: '2026-01-31'";
            return wrong(matcher.regionStart() - word.length(), word.startsWith("-") ? instead : what);
        }

        private PawlException wrong(int at, String what) {
            return PawlException.user(
                    "bad-expression", "The condition '%s' is wrong at column %d: %s".formatted(text, at + 1, what));
        }
    }
}
