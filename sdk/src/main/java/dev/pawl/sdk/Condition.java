package dev.pawl.sdk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The little language of conditions, read and asked as Pawl does: {@code or}, {@code and}, {@code not}, binding in this order
 * from loose to close, and parentheses; comparisons by {@code == != < <= > >=}; numbers, texts in either kind of quotes,
 * {@code true} and {@code false}; and names. What is compared must be of one kind; truth values have no order.
 */
final class Condition {
    private static final int MOST_CHARACTERS = 2_000;
    private static final int DEEPEST = 50;
    private static final Pattern WORD = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?(?![\\w.])"
            + "|'[^']*'|\"[^\"]*\"|[A-Za-z_][A-Za-z0-9_.-]*|[=!<>]=|[<>()]|$");
    private static final Set<String> OF_ANYTHING = Set.of("==", "!=");
    private static final Set<String> OF_WHAT_HAS_ORDER = Set.of("<", "<=", ">", ">=");
    private static final Set<String> KEYWORDS = Set.of("or", "and", "not");

    private sealed interface Node {}

    private record AnyOf(List<Node> parts) implements Node {}

    private record AllOf(List<Node> parts) implements Node {}

    private record Not(Node part) implements Node {}

    private record Comparison(Operand left, String sign, Operand right) implements Node {}

    private record Alone(Operand operand) implements Node {}

    /** A constant as it is written with what it stands for, or a name. */
    private record Operand(String written, Optional<Object> constant) {}

    private final String text;
    private final Matcher matcher;
    private final Set<String> names = new LinkedHashSet<>();
    private final Node root;
    private String word = "";
    private int depth;

    private Condition(String text) {
        this.text = text.strip();
        this.matcher = WORD.matcher(this.text);
        if (text.length() > MOST_CHARACTERS) {
            throw problem("it has more than " + MOST_CHARACTERS + " characters");
        }
        advance();
        this.root = anyOf();
        if (!word.isEmpty()) {
            throw problem("'" + word + "' cannot follow where it stands: write and, or, or nothing more");
        }
    }

    /** @throws IllegalArgumentException when it is no condition */
    static Condition parse(String text) {
        return new Condition(text);
    }

    /** The names in it, in the order in which they first appear. */
    Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /**
     * Asks for names only as far as they decide.
     *
     * @param values a number, text or truth value for each name
     * @throws IllegalArgumentException when there is no value for a name, or values do not fit together
     */
    boolean isTrue(Function<String, Optional<Object>> values) {
        return isTrue(root, values);
    }

    private boolean isTrue(Node asked, Function<String, Optional<Object>> values) {
        return switch (asked) {
            case AnyOf(List<Node> parts) -> parts.stream().anyMatch(part -> isTrue(part, values));
            case AllOf(List<Node> parts) -> parts.stream().allMatch(part -> isTrue(part, values));
            case Not(Node part) -> !isTrue(part, values);
            case Alone(Operand operand) -> truth(operand, value(operand, values));
            case Comparison comparison -> isTrue(comparison, values);
        };
    }

    private boolean truth(Operand operand, Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        throw problem(operand.written() + " is " + shown(value) + ": compare it with something");
    }

    private boolean isTrue(Comparison comparison, Function<String, Optional<Object>> values) {
        Object left = value(comparison.left, values);
        Object right = value(comparison.right, values);
        String sign = comparison.sign;
        if (left instanceof Number a && right instanceof Number b) {
            return holds(a, sign, b);
        } else if (left instanceof String a && right instanceof String b) {
            return holds(sign, a.compareTo(b));
        } else if (left instanceof Boolean a && right instanceof Boolean b && OF_ANYTHING.contains(sign)) {
            return holds(sign, a.compareTo(b));
        }
        throw problem("%s is %s and %s is %s: '%s' cannot compare them"
                .formatted(comparison.left.written, shown(left), comparison.right.written, shown(right), sign));
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
            default -> order >= 0;
        };
    }

    private Object value(Operand operand, Function<String, Optional<Object>> values) {
        return operand.constant
                .or(() -> values.apply(operand.written))
                .orElseThrow(() -> problem("nothing is called '" + operand.written + "'"));
    }

    private static String shown(Object value) {
        return switch (value) {
            case Number number -> "the number " + number;
            case String written -> "the text '" + written + "'";
            default -> value.toString();
        };
    }

    private void advance() {
        int at = matcher.regionStart();
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (!matcher.region(at, text.length()).lookingAt()) {
            throw problem("'" + text.substring(at) + "' begins with no word or sign that it knows");
        }
        word = matcher.group();
        matcher.region(matcher.end(), text.length());
    }

    private Node anyOf() {
        List<Node> parts = new ArrayList<>(List.of(allOf()));
        while (takes("or")) {
            parts.add(allOf());
        }
        return parts.size() == 1 ? parts.getFirst() : new AnyOf(parts);
    }

    private Node allOf() {
        List<Node> parts = new ArrayList<>(List.of(part()));
        while (takes("and")) {
            parts.add(part());
        }
        return parts.size() == 1 ? parts.getFirst() : new AllOf(parts);
    }

    private Node part() {
        if (++depth > DEEPEST) {
            throw problem("it is nested deeper than " + DEEPEST + " levels");
        }
        Node part = takes("not") ? new Not(part()) : takes("(") ? enclosed() : comparison();
        depth--;
        return part;
    }

    private Node enclosed() {
        Node within = anyOf();
        if (!takes(")")) {
            throw problem("a ) is missing");
        }
        return within;
    }

    private Node comparison() {
        Operand left = operand();
        String sign = word;
        if (OF_ANYTHING.contains(sign) || OF_WHAT_HAS_ORDER.contains(sign)) {
            advance();
            return new Comparison(left, sign, operand());
        } else if (left.constant.orElse(true) instanceof Boolean) {
            return new Alone(left);
        }
        throw problem(left.written + " must be compared with something: write ==, !=, <, <=, > or >=");
    }

    private Operand operand() {
        String taken = word;
        char first = taken.isEmpty() ? ' ' : taken.charAt(0);
        if (first == '\'' || first == '"') {
            return constant(taken.substring(1, taken.length() - 1));
        } else if (first == '-' || Character.isDigit(first)) {
            return constant(new BigDecimal(taken));
        } else if (taken.equals("true") || taken.equals("false")) {
            return constant(taken.equals("true"));
        } else if ((Character.isLetter(first) || first == '_') && !KEYWORDS.contains(taken)) {
            names.add(taken);
            advance();
            return new Operand(taken, Optional.empty());
        }
        throw problem((taken.isEmpty() ? "it ends" : "'" + taken + "' stands")
                + " where a name, a number, 'text', true or false must be");
    }

    private Operand constant(Object value) {
        Operand constant = new Operand(word, Optional.of(value));
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

    private IllegalArgumentException problem(String what) {
        return new IllegalArgumentException("condition \"" + text + "\": " + what);
    }
}
