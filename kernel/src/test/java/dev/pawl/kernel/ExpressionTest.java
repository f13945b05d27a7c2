package dev.pawl.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final String CASES = "src/test/resources/dev/pawl/kernel/";
    private static final Map<String, Object> VALUES = values();

    private static Map<String, Object> values() {
        try (Stream<String> lines = Files.lines(Path.of(CASES + "condition-values.csv"))) {
            return lines.filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\\|"))
                    .collect(Collectors.toMap(
                            cells -> cells[0].strip(), cells -> value(cells[1].strip(), cells[2].strip())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(String kind, String text) {
        return switch (kind) {
            case "double" -> Double.valueOf(text);
            case "long" -> Long.valueOf(text);
            case "int" -> Integer.valueOf(text);
            case "decimal" -> new BigDecimal(text);
            case "truth" -> Boolean.valueOf(text);
            default -> text;
        };
    }

    private static boolean isTrue(String text) {
        return Expression.parse(text).isTrue(name -> Optional.ofNullable(VALUES.get(name)));
    }

    @ParameterizedTest
    @CsvFileSource(files = CASES + "conditions.csv", delimiter = '|', quoteCharacter = '`')
    void it_says_what_the_table_of_both_readers_says(String text, String answer) {
        assertThat(answer(text)).isEqualTo(answer);
    }

    private static String answer(String text) {
        try {
            return String.valueOf(isTrue(text));
        } catch (PawlException e) {
            return e.code().equals("bad-expression") ? "wrong" : "misfit";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                   | column 1: it ends where a name, a number, 'text', true or false must be
        a ==                 | column 5: it ends where
        a == and             | column 6: 'and' stands where
        and                  | column 1: 'and' stands where
        a < b < c            | column 7: '<' cannot follow here: write and, or, or nothing more
        a b                  | column 3: 'b' cannot follow here
        (a > 2026-01-31)     | column 10: '-01' cannot follow here; a date is text, in quotes
        (a                   | column 3: a ) is missing
        a)                   | column 2: ')' cannot follow here
        a = 1                | column 3: there is no such word or sign; write ==
        a && b               | column 3: there is no such word or sign; write and
        `a || b`             | column 3: there is no such word or sign; write or
        !a                   | column 1: there is no such word or sign; write not
        a == 'b              | column 6: there is no such word or sign; write a second '
        a == 12x             | column 6: there is no such word or sign; write a number such as 12, -0.5 or 1e-3
        a == 1.2.3           | column 6: there is no such word or sign
        a + 1 > 2            | column 3: there is no such word or sign
        a ≤ 2                | column 3: there is no such word or sign
        0.5                  | column 4: 0.5 must be compared with something: write ==, !=, <, <=, > or >=
        a and 'text'         | column 13: 'text' must be compared with something
        a > (b)              | column 5: '(' stands where
        """)
    void what_is_no_condition_is_refused_with_its_column(String text, String problem) {
        assertThatThrownBy(() -> Expression.parse(text))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.code()).isEqualTo("bad-expression"))
                .hasMessageContaining("The condition '" + text + "' is wrong at ")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        mape < 1            | unknown-name   | In the condition 'mape < 1' nothing is called 'mape'
        late or unknown     | unknown-name   | nothing is called 'unknown'
        rounds == '200'     | bad-comparison | rounds is the number 200 and '200' is the text '200': '==' cannot compare them
        kind < 1            | bad-comparison | kind is the text 'linear' and 1 is the number 1: '<' cannot compare them
        early < late        | bad-comparison | early is true and late is false: '<' cannot compare them
        early == 'true'     | bad-comparison | early is true and 'true' is the text 'true'
        rounds              | bad-comparison | rounds is the number 200: compare it with something
        not kind            | bad-comparison | kind is the text 'linear': compare it with something
        """)
    void values_that_do_not_fit_are_the_users_error(String text, String code, String problem) {
        assertThatThrownBy(() -> isTrue(text))
                .isInstanceOfSatisfying(PawlException.class, e -> {
                    assertThat(e.kind()).isEqualTo(PawlException.Kind.USER);
                    assertThat(e.code()).isEqualTo(code);
                })
                .hasMessageContaining(problem);
    }

    @Test
    void what_is_neither_number_nor_text_nor_truth_value_cannot_be_compared() {
        var expression = Expression.parse("list == 1");
        assertThatThrownBy(() -> expression.isTrue(_ -> Optional.of(List.of(1))))
                .hasMessageContaining("list is neither number nor text nor truth value");
    }

    @Test
    void a_word_of_an_enum_is_the_same_in_upper_and_lower_case() {
        assertThat(isTrueOfKind("kind == 'not_found' and 'NOT_FOUND' == kind")).isTrue();
        assertThat(isTrueOfKind("kind != 'Not_Found' or kind == 'limit'")).isFalse();
        assertThatThrownBy(() -> isTrueOfKind("kind == 'lost'"))
                .hasMessageContaining("'lost' is none of the words 'user', 'not_found'");
    }

    private static boolean isTrueOfKind(String text) {
        return Expression.parse(text).isTrue(_ -> Optional.of(PawlException.Kind.NOT_FOUND));
    }

    @Test
    void names_are_listed_once_in_the_order_of_their_appearance() {
        var expression = Expression.parse("not b.x > 1 or (a == 'c' and true == b.x) or _d-e");
        assertThat(expression.names()).containsExactly("b.x", "a", "_d-e");
        assertThat(expression).hasToString("not b.x > 1 or (a == 'c' and true == b.x) or _d-e");
    }

    @Test
    void length_and_depth_are_bounded() {
        assertThatThrownBy(() -> Expression.parse("a or ".repeat(1_000) + "a")).hasMessageContaining("too long");
        assertThatThrownBy(() -> Expression.parse("(".repeat(100) + "a" + ")".repeat(100)))
                .hasMessageContaining("column 51: this is nested deeper than 50 levels");
        assertThatThrownBy(() -> Expression.parse("not ".repeat(400) + "a")).hasMessageContaining("nested deeper");
        assertThat(isTrue("late or ".repeat(200) + "early")).isTrue();
    }
}
