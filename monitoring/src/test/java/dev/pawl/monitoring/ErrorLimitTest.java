package dev.pawl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.definition.MonitorPlan;
import dev.pawl.kernel.PawlException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorLimitTest {
    private static final Instant START = Instant.parse("1970-01-01T00:00:00Z");

    @Test
    void daily_rows_are_cut_into_whole_windows_counted_from_the_end() {
        assertThat(ErrorLimit.wholeWindows(daily(56, _ -> 1), Duration.ofDays(28)))
                .extracting(List::size)
                .containsExactly(28, 28);
        assertThat(ErrorLimit.wholeWindows(daily(60, _ -> 1), Duration.ofDays(28)))
                .extracting(window -> window.getLast().time())
                .containsExactly(START.plus(Duration.ofDays(59)), START.plus(Duration.ofDays(31)));
        assertThat(ErrorLimit.wholeWindows(daily(27, _ -> 1), Duration.ofDays(28)))
                .isEmpty();
        assertThat(ErrorLimit.wholeWindows(List.of(), Duration.ofDays(28))).isEmpty();
    }

    @Test
    void several_rows_at_one_time_do_not_make_windows_shorter() {
        List<Scored> rows = new ArrayList<>(daily(56, _ -> 1));
        rows.addAll(daily(56, _ -> 2));

        assertThat(ErrorLimit.wholeWindows(rows, Duration.ofDays(28)))
                .extracting(List::size)
                .containsExactly(56, 56);
    }

    @Test
    void the_limit_is_the_t_prediction_limit_of_one_more_window() {
        // Five windows with errors 1 to 5: mean 3, sd sqrt(2.5), and t(0.95, 4) = 2.131847.
        ErrorLimit limit = ErrorLimit.of(daily(35, day -> 1 + Math.floorDiv(day, 7)), plan("mae", 7, 140));

        assertThat(limit.windows()).isEqualTo(5);
        assertThat(limit.mean()).isCloseTo(3, within(1e-12));
        assertThat(limit.value()).isCloseTo(3 + 2.131847 * Math.sqrt(2.5) * Math.sqrt(1.2), within(1e-5));
        assertThat(limit.test())
                .contains("one-sided t test", "5 held-out windows", "mae mean 3.000", "probability 0.050", "140 days");
    }

    @Test
    void without_two_windows_the_limit_is_twice_the_error_and_the_test_says_so() {
        ErrorLimit limit = ErrorLimit.of(daily(30, _ -> 3), plan("mae", 28, 365));

        assertThat(limit.value()).isCloseTo(6, within(1e-12));
        assertThat(limit.test()).contains("fill 1 of the 2 windows", "false-alarm rate is unknown");
    }

    @Test
    void without_rows_there_is_no_limit() {
        assertThatThrownBy(() -> ErrorLimit.of(List.of(), plan("mape", 28, 365)))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("hold out more rows");
        List<Scored> zeros = List.of(new Scored(START, 1, 0), new Scored(START.plusSeconds(1), 1, 0));
        assertThatThrownBy(() -> ErrorLimit.of(zeros, plan("mape", 28, 365)))
                .hasMessageContaining("None of the 2 held-out rows gives a mape");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 1e300})
    void a_limit_that_is_no_finite_number_is_refused(double error) {
        for (int days : List.of(30, 56)) {
            List<Scored> rows = daily(days, day -> day == 20 ? error : 1);
            assertThatThrownBy(() -> ErrorLimit.of(rows, plan("rmse", 28, 365)))
                    .isInstanceOfSatisfying(
                            PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.USER))
                    .hasMessageContaining("must be finite numbers");
        }
    }

    @Test
    void false_alarms_keep_to_their_budget() {
        SplittableRandom random = new SplittableRandom(7);
        MonitorPlan plan = plan("mae", 1, 10);
        int windows = 20_000;
        int alarms = 0;
        for (int i = 0; i < windows; i++) {
            ErrorLimit limit = ErrorLimit.of(daily(6, _ -> 100 + random.nextGaussian()), plan);
            alarms += 100 + random.nextGaussian() > limit.value() ? 1 : 0;
        }
        assertThat((double) alarms / windows).isCloseTo(plan.alphaPerWindow(), within(0.01));
    }

    @Test
    void metrics_are_computed_from_sums() {
        Sums sums = Sums.of(List.of(new Scored(START, 90, 100), new Scored(START, 3, 0), new Scored(START, -8, -10)));

        assertThat(Metric.MAPE.of(sums).orElseThrow()).isCloseTo(0.15, within(1e-12));
        assertThat(Metric.MAE.of(sums).orElseThrow()).isCloseTo(5, within(1e-12));
        assertThat(Metric.RMSE.of(sums).orElseThrow()).isCloseTo(Math.sqrt(113.0 / 3), within(1e-12));
        assertThat(Metric.named("rmse")).isEqualTo(Metric.RMSE);
        assertThatThrownBy(() -> Metric.named("auc")).hasMessageContaining("use mape, mae or rmse");
    }

    private static List<Scored> daily(int days, IntToDoubleFunction error) {
        List<Scored> rows = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            rows.add(new Scored(START.plus(Duration.ofDays(day)), 1_000 + error.applyAsDouble(day), 1_000));
        }
        return rows;
    }

    private static MonitorPlan plan(String metric, int windowDays, int falseAlarmDays) {
        return new MonitorPlan(
                metric, Duration.ofDays(14), Duration.ofDays(windowDays), Duration.ofDays(falseAlarmDays));
    }
}
