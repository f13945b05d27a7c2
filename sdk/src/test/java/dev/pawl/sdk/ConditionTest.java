package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** The same language as the kernel's Expression, held together by a table that the tests of both read. */
class ConditionTest {
    private static final String CASES = "../kernel/src/test/resources/dev/pawl/kernel/";
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
        return Condition.parse(text).isTrue(name -> Optional.ofNullable(VALUES.get(name)));
    }

    @ParameterizedTest
    @CsvFileSource(files = CASES + "conditions.csv", delimiter = '|', quoteCharacter = '`')
    void it_says_what_the_table_of_both_readers_says(String text, String answer) {
        assertThat(answer(text)).isEqualTo(answer);
    }

    private static String answer(String text) {
        Condition condition;
        try {
            condition = Condition.parse(text);
        } catch (IllegalArgumentException _) {
            return "wrong";
        }
        try {
            return String.valueOf(condition.isTrue(name -> Optional.ofNullable(VALUES.get(name))));
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageStartingWith("condition \"" + text + "\": ");
            return "misfit";
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                   | it ends where a name, a number, 'text', true or false must be
        a ==                 | it ends where
        a == and             | 'and' stands where
        a < b < c            | '<' cannot follow where it stands: write and, or, or nothing more
        a b                  | 'b' cannot follow
        (a                   | a ) is missing
        a)                   | ')' cannot follow
        a = 1                | '= 1' begins with no word or sign that it knows
        a && b               | '&& b' begins with no word
        !a                   | '!a' begins with no word
        a == 'b              | ''b' begins with no word
        a == 12x             | '12x' begins with no word
        a + 1 > 2            | '+ 1 > 2' begins with no word
        0.5                  | 0.5 must be compared with something: write ==, !=, <, <=, > or >=
        a > (b)              | '(' stands where
        """)
    void what_is_no_condition_is_refused(String text, String problem) {
        assertThatThrownBy(() -> Condition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("condition \"" + text + "\": " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        mape < 1            | nothing is called 'mape'
        late or unknown     | nothing is called 'unknown'
        rounds == '200'     | rounds is the number 200 and '200' is the text '200': '==' cannot compare them
        kind < 1            | kind is the text 'linear' and 1 is the number 1: '<' cannot compare them
        early < late        | early is true and late is false: '<' cannot compare them
        rounds              | rounds is the number 200: compare it with something
        """)
    void values_that_do_not_fit_are_refused(String text, String problem) {
        assertThatThrownBy(() -> isTrue(text)).hasMessage("condition \"" + text + "\": " + problem);
    }

    @Test
    void names_are_listed_once_and_length_and_depth_are_bounded() {
        assertThat(Condition.parse("not b.x > 1 or (a == 'c' and true == b.x) or _d-e")
                        .names())
                .containsExactly("b.x", "a", "_d-e");
        assertThatThrownBy(() -> Condition.parse("a or ".repeat(1_000) + "a")).hasMessageContaining("2000 characters");
        assertThatThrownBy(() -> Condition.parse("(".repeat(100) + "a" + ")".repeat(100)))
                .hasMessageContaining("nested deeper than 50 levels");
    }
}
