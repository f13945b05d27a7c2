package dev.pawl.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("metric.mape", 0.034),
            Map.entry("metric.my-loss", 2L),
            Map.entry("param.eta", new BigDecimal("0.10")),
            Map.entry("rounds", 200),
            Map.entry("kind", "linear"),
            Map.entry("day", "1972-07-14"),
            Map.entry("kindOfError", PawlException.Kind.NOT_FOUND),
            Map.entry("early", true),
            Map.entry("late", false),
            Map.entry("big", 9007199254740993L),
            Map.entry("nan", Double.NaN),
            Map.entry("endless", Double.POSITIVE_INFINITY),
            Map.entry("list", List.of(1)));

    private static boolean isTrue(String text) {
        return Expression.parse(text).isTrue(name -> Optional.ofNullable(VALUES.get(name)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        true                                          | true
        false                                         | false
        early                                         | true
        not early                                     | false
        not not early                                 | true
        metric.mape < 0.04 and param.eta > 0.1        | false
        metric.mape < 0.04 and param.eta >= 0.1       | true
        metric.mape<0.04                              | true
        metric.mape == 34e-3                          | true
        metric.mape != 0.034                          | false
        metric.my-loss == 2                           | true
        metric.my-loss <= 1.9999                      | false
        param.eta == 0.1                              | true
        -1 < rounds                                   | true
        rounds > 1e2                                  | true
        rounds == 200.0                               | true
        big == 9007199254740992                       | false
        big > 9007199254740992                        | true
        kind == 'linear'                              | true
        kind == "linear"                              | true
        kind != 'it is "quoted"'                      | true
        'a' < 'b'                                     | true
        day < '1973-01-01'                            | true
        early == true                                 | true
        early != late                                 | true
        late or early                                 | true
        late and early                                | false
        early or late and late                        | true
        (early or late) and late                      | false
        not late and early                            | true
        not (late and early)                          | true
        not rounds == 3                               | true
        true or unknown                               | true
        false and unknown                             | false
        nan == nan                                    | false
        nan != 1                                      | true
        nan < 1                                       | false
        nan > 1                                       | false
        endless > 1e300                               | true
        endless == endless                            | true
        """)
    void a_condition_is_true_or_false(String text, boolean expected) {
        assertThat(isTrue(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        ``                   | column 1: it ends where a name, a number, 'text', true or false must be
        a ==                 | column 5: it ends where
        a == and             | column 6: 'and' stands where
        and                  | column 1: 'and' stands where
        a < b < c            | column 7: '<' cannot follow here: write and, or, or nothing more
        a b                  | column 3: 'b' cannot follow here
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
        list == 1           | bad-comparison | list is neither number nor text nor truth value
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
    void a_word_of_an_enum_is_the_same_in_upper_and_lower_case() {
        assertThat(isTrue("kindOfError == 'not_found' and 'NOT_FOUND' == kindOfError"))
                .isTrue();
        assertThat(isTrue("kindOfError != 'Not_Found' or kindOfError == 'limit'"))
                .isFalse();
        assertThatThrownBy(() -> isTrue("kindOfError == 'lost'"))
                .hasMessageContaining("'lost' is none of the words 'user', 'not_found'");
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
