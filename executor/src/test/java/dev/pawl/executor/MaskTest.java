package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MaskTest {
    private static final String TEXT = "a hunter2 b hunt hunter hunter22 hunter2hunter2 hhunter2 c";
    private static final String MASKED = "a *** b hunt hunter ***2 ****** h*** c";

    @Test
    void secrets_are_replaced() {
        assertThat(masked(List.of("hunter2"), List.of(TEXT))).isEqualTo(MASKED);
    }

    @Test
    void also_when_they_come_in_pieces_cut_anywhere() {
        for (int cut = 0; cut <= TEXT.length(); cut++) {
            for (int next = cut; next <= TEXT.length(); next++) {
                List<String> pieces = List.of(TEXT.substring(0, cut), TEXT.substring(cut, next), TEXT.substring(next));
                assertThat(masked(List.of("hunter2"), pieces)).isEqualTo(MASKED);
            }
        }
    }

    @Test
    void the_longest_secret_wins() {
        assertThat(masked(List.of("pass", "password"), List.of("my pass", "word, my pass", "port")))
                .isEqualTo("my ***, my ***port");
    }

    @Test
    void each_line_of_a_secret_is_one() {
        String key = "-- key --\n  MIIEow  \nab\n";
        assertThat(masked(List.of(key), List.of(key, "MIIEow ab"))).isEqualTo("****** ab");
        assertThat(masked(List.of(key), List.of("-- key --\r\n", "MIIEow\r\n", "ab")))
                .isEqualTo("***\r\n***\r\nab");
    }

    @Test
    void short_values_are_left_alone() {
        assertThat(masked(List.of("abc", ""), List.of("abc"))).isEqualTo("abc");
    }

    @Test
    void a_secret_that_is_cut_off_is_not_shown() {
        assertThat(masked(List.of("hunter2"), List.of("it is hunte"))).isEqualTo("it is ***");
        assertThat(masked(List.of("hunter2"), List.of("the h"))).isEqualTo("the h");
    }

    @Test
    void letters_of_several_bytes_are_masked_too() {
        assertThat(masked(List.of("pässwörd"), List.of("ein pässw", "örd!"))).isEqualTo("ein ***!");
    }

    private static String masked(List<String> secrets, List<String> pieces) {
        Answer.Text out = new Answer.Text();
        Mask mask = new Mask(secrets, out);
        for (String piece : pieces) {
            byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
            mask.write(bytes, bytes.length);
        }
        mask.finish();
        return out.toString();
    }
}
