package dev.pawl.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Spans of time and numbers of things as people read them. */
class ForPeopleTest {
    @Test
    void spans_that_passed_are_rounded() {
        assertThat(Spans.text(Duration.ofMillis(340))).isEqualTo("0.3 s");
        assertThat(Spans.text(Duration.ofSeconds(245))).isEqualTo("4 min 05 s");
        assertThat(Spans.text(Duration.ofMinutes(131))).isEqualTo("2 h 11 min");
    }

    @Test
    void spans_that_were_stated_are_told_whole() {
        assertThat(Spans.whole(Duration.ofSeconds(1))).isEqualTo("1 s");
        assertThat(Spans.whole(Duration.ofMillis(1_500))).isEqualTo("1.5 s");
        assertThat(Spans.whole(Duration.ofSeconds(90))).isEqualTo("1 min 30 s");
        assertThat(Spans.whole(Duration.ofHours(2))).isEqualTo("2 h");
        assertThat(Spans.whole(Duration.ZERO)).isEqualTo("0 s");
    }

    @Test
    void one_thing_is_not_told_as_many() {
        assertThat(Count.of(1, "step")).isEqualTo("1 step");
        assertThat(Count.of(0, "step")).isEqualTo("0 steps");
        assertThat(Count.of(1_200, "entry", "entries")).isEqualTo("1,200 entries");
    }
}
