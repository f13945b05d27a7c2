package example.births;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {
    private static final LocalDate FIRST = LocalDate.of(1969, 1, 1);

    /** The births of a day are its number. */
    private static final History COUNTING = new History(
            FIRST, DoubleStream.iterate(0, day -> day + 1).limit(400).toArray());

    @Test
    void a_day_has_its_calendar_and_what_was_known_two_weeks_before() {
        double[] features = new Features(COUNTING, 14).of(FIRST.plusDays(100));

        assertThat(features)
                .containsExactly(5, 101, 4, 11, 0, 86, 79, 72, 65, mean(80, 86), mean(59, 86))
                .hasSameSizeAs(Features.NAMES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 13, 14, 20, 28})
    void no_feature_knows_a_day_that_is_newer_than_the_lag(int lagDays) {
        LocalDate day = FIRST.plusDays(200);
        History blind = new History(
                FIRST,
                DoubleStream.of(COUNTING.births()).limit(200 - lagDays + 1).toArray());

        assertThat(new Features(blind, lagDays).of(day)).isEqualTo(new Features(COUNTING, lagDays).of(day));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 13, 14, 20, 28})
    void lags_are_of_the_same_weekday(int lagDays) {
        double[] features = new Features(COUNTING, lagDays).of(FIRST.plusDays(200));

        for (int lag = Features.NAMES.indexOf("weekday_lag_1"); lag <= Features.NAMES.indexOf("weekday_lag_4"); lag++) {
            assertThat((200 - features[lag]) % 7).isZero();
        }
    }

    @Test
    void what_lies_before_the_history_is_missing() {
        double[] features = new Features(COUNTING, 14).of(FIRST.plusDays(13));

        assertThat(features)
                .containsExactly(
                        2, 14, 1, 14, 0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    @Test
    void the_table_has_a_row_of_features_for_every_day_and_the_births_last() {
        var table = new Features(COUNTING, 14).table();

        assertThat(table.rows()).isEqualTo(400);
        assertThat(table.columns()).startsWith("date", "day_of_week").endsWith("mean_28", "births");
        assertThat(Features.names(table)).isEqualTo(Features.NAMES);
        assertThat(table.text("date", 100)).isEqualTo("1969-04-11");
        assertThat(table.number("weekday_lag_1", 100)).isEqualTo(86);
    }

    @ParameterizedTest
    @CsvSource({
        "1970-05-30, true", "1970-05-25, false", "1971-05-31, true", "1971-05-30, false", "1972-09-04, true",
        "1972-11-23, true", "1972-11-30, false", "1988-12-25, true", "1988-12-26, false", "1975-01-01, true"
    })
    void holidays_are_known(LocalDate day, boolean holiday) {
        assertThat(Features.isHoliday(day)).isEqualTo(holiday);
    }

    private static double mean(int first, int last) {
        return (first + last) / 2.0;
    }
}
