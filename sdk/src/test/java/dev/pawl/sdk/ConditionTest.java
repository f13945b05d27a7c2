package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same language as the kernel's Expression: what is true there is true here. */
class ConditionTest {
    private static final Map<String, Object> VALUES = Map.of(
            "evaluate.mape",
            0.034,
            "evaluate.my-loss",
            2L,
            "rounds",
            200,
            "kind",
            "linear",
            "day",
            "1972-07-14",
            "early",
            true,
            "late",
            false,
            "big",
            9007199254740993L);

    private static boolean isTrue(String text) {
        return Condition.parse(text).isTrue(name -> Optional.ofNullable(VALUES.get(name)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        true                                          | true
        false                                         | false
        early                                         | true
        not early                                     | false
        not not early                                 | true
        evaluate.mape < 0.04 and rounds > 200         | false
        evaluate.mape < 0.04 and rounds >= 200        | true
        evaluate.mape<0.04                            | true
        evaluate.mape == 34e-3                        | true
        evaluate.mape != 0.034                        | false
        evaluate.my-loss == 2                         | true
        evaluate.my-loss <= 1.9999                    | false
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
        """)
    void a_condition_is_true_or_false(String text, boolean expected) {
        assertThat(isTrue(text)).isEqualTo(expected);
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
