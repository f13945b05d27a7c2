package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HostileJsonTest {
    private static List<String> json(String text) {
        return HostileJson.of(text).stream().map(HostileJson::json).toList();
    }

    @Test
    void each_number_and_text_is_replaced_by_itself() {
        assertThat(json("{\"a\":[1,\"x\"],\"b\":true,\"c\":{\"d\":null,\"e\":2.5}}"))
                .hasSize(14)
                .contains(
                        "{\"a\":[0.0,\"x\"],\"b\":true,\"c\":{\"d\":null,\"e\":2.5}}",
                        "{\"a\":[null,\"x\"],\"b\":true,\"c\":{\"d\":null,\"e\":2.5}}",
                        "{\"a\":[1,\"never-seen\"],\"b\":true,\"c\":{\"d\":null,\"e\":2.5}}",
                        "{\"a\":[1,\"x\"],\"b\":true,\"c\":{\"d\":null}}",
                        "{\"a\":[1,\"x\"],\"b\":true,\"c\":{\"d\":null,\"e\":-1.0E30}}");
        assertThat(HostileJson.of("{\"a\":[1]}"))
                .extracting(HostileJson::words)
                .containsExactly(
                        "0.0 at /a/0",
                        "4.9E-324 at /a/0",
                        "1.0E-30 at /a/0",
                        "1.0E30 at /a/0",
                        "-1.0E30 at /a/0",
                        "nothing at /a/0");
    }

    @Test
    void a_value_is_replaced_as_a_whole_and_what_is_neither_number_nor_text_is_not() {
        assertThat(json("7")).containsExactly("0.0", "4.9E-324", "1.0E-30", "1.0E30", "-1.0E30", "null");
        assertThat(json("true")).isEmpty();
        assertThat(json("{}")).isEmpty();
    }

    @Test
    void of_many_the_first_are_replaced() {
        assertThat(json(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).toString()))
                .hasSize(60);
    }
}
