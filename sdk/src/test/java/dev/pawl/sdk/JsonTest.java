package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void every_kind_of_value_is_read() {
        assertThat(Json.parse(" {\"a\": [1, -2.5e1, true, false, {}], \"b\": \"x\\n\\u00e9\\\\\"} ", "x"))
                .isEqualTo(Map.of("a", List.of(1L, -25.0, true, false, Map.of()), "b", "x\né\\"));
        assertThat(Json.parse("null", "x")).isNull();
    }

    @Test
    void what_is_written_reads_back() {
        Map<String, Object> value =
                Map.of("text", "a\"b\\c\n\u0001é", "list", List.of(1L, 2.5, List.of(), Map.of()), "yes", true);

        assertThat(Json.parse(Json.write(value), "x")).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\" 1}",
                "{a:1}",
                "01",
                "1.",
                "\"open",
                "\"\\x\"",
                "\"\\u12\"",
                "tru",
                "1 2",
                "NaN",
                "1e999",
                "{\"a\":1,\"a\":2}",
                "\"\t\"",
                "["
            })
    void what_is_not_json_is_refused(String text) {
        assertThatThrownBy(() -> Json.parse(text, "x.json"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("x.json:1:");
    }

    @Test
    void nesting_has_an_end() {
        assertThatThrownBy(() -> Json.parse("[".repeat(100_000), "x")).hasMessageContaining("64 levels");
    }

    @Test
    void a_number_that_json_lacks_is_not_written() {
        assertThatThrownBy(() -> Json.write(List.of(Double.NaN))).hasMessageContaining("NaN");
    }
}
