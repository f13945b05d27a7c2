package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RunTwiceTest {
    static final class Steps {
        private final AtomicInteger runs = new AtomicInteger();

        @Step
        Table rows() {
            return Table.builder().numbers("n", 1, 2, 3).build();
        }

        @Step
        Table otherRow() {
            return Table.builder().numbers("n", 1, runs.incrementAndGet(), 3).build();
        }

        @Step
        Table otherCount() {
            return Table.builder()
                    .numbers("n", new double[runs.incrementAndGet()])
                    .build();
        }

        @Step
        Model model() {
            return Model.of(new byte[] {1, 2, (byte) runs.incrementAndGet()});
        }

        @Step
        List<Integer> list() {
            return List.of(7, runs.incrementAndGet());
        }

        @Step
        List<Integer> longer() {
            return List.of(1, 2, 3).subList(0, runs.incrementAndGet());
        }

        @Step
        void nothing() {
            runs.incrementAndGet();
        }
    }

    private static String difference(String step) {
        try {
            StepTest.of(new Steps(), step).runTwice();
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    @Test
    void the_same_again_is_given() {
        assertThat(StepTest.of(new Steps(), "rows")
                        .runTwice()
                        .output(Table.class)
                        .rows())
                .isEqualTo(3);
        assertThat(difference("nothing")).isEmpty();
    }

    @Test
    void the_first_difference_is_told() {
        assertThat(difference("otherRow"))
                .endsWith("Steps.otherRow gave another output from the same inputs (line 3 is '1', then '2'): fix its"
                        + " seeds, leave clock and network out, or say cache = false of it");
        assertThat(difference("otherCount")).contains("(2 lines, then 3)");
        assertThat(difference("model")).contains("(they differ from byte 3 on)");
        assertThat(difference("list")).contains("(000001.json: line 1 is '1', then '2')");
        assertThat(difference("longer")).contains("(000001.json is there only the second time)");
    }

    @Test
    void a_curve_is_learnt_by_heart_or_not() {
        LossCurve curve = LossCurve.of(List.of(6.0, 5.0, 4.0, 3.0, 2.0, 1.0));
        assertThat(curve.requireOverfit(1.5)).isSameAs(curve);
        assertThatThrownBy(() -> curve.requireOverfit(1))
                .hasMessage(
                        "'loss' is 1.000 after 6 rounds, not below 1.000: it cannot even learn these records by heart");
        assertThatThrownBy(() -> LossCurve.of(Metrics.recording(), "mse").requireFall())
                .hasMessage("'mse' has 0 values; log one for each round, 6 at least, with the round as its step");
    }
}
