package example.births;

import dev.pawl.sdk.Table;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the model knows about a day: the calendar, and births of days at least {@code lagDays} earlier. Training and live traffic
 * compute it here, both.
 */
record Features(History history, int lagDays) {
    static final List<String> NAMES = List.of(
            "day_of_week",
            "day_of_year",
            "month",
            "day_of_month",
            "holiday",
            "weekday_lag_1",
            "weekday_lag_2",
            "weekday_lag_3",
            "weekday_lag_4",
            "mean_7",
            "mean_28");

    /** The Uniform Monday Holiday Act took effect in 1971; Memorial Day was a fixed date before. */
    private static final int UNIFORM_MONDAYS = 1971;

    private static final List<MonthDay> FIXED_HOLIDAYS =
            List.of(MonthDay.of(1, 1), MonthDay.of(7, 4), MonthDay.of(12, 25));

    /** The features of a day in the order of {@link #NAMES}; NaN where the history does not reach. */
    double[] of(LocalDate day) {
        int weeks = (lagDays + 6) / 7;
        return new double[] {
            day.getDayOfWeek().getValue(),
            day.getDayOfYear(),
            day.getMonthValue(),
            day.getDayOfMonth(),
            isHoliday(day) ? 1 : 0,
            lag(day, 7 * weeks),
            lag(day, 7 * weeks + 7),
            lag(day, 7 * weeks + 14),
            lag(day, 7 * weeks + 21),
            mean(day, 7),
            mean(day, 28)
        };
    }

    /** All days of the history: date, features, and the births as label. */
    Table table() {
        double[][] rows = IntStream.range(0, history.days())
                .mapToObj(day -> of(history.day(day)))
                .toArray(double[][]::new);
        Table.Builder table = Table.builder()
                .texts(
                        "date",
                        IntStream.range(0, history.days())
                                .mapToObj(day -> history.day(day).toString())
                                .toList());
        for (int i = 0; i < NAMES.size(); i++) {
            int column = i;
            table.numbers(
                    NAMES.get(i),
                    Arrays.stream(rows).mapToDouble(row -> row[column]).toArray());
        }
        return table.numbers("births", history.births()).build();
    }

    /** The feature columns of a table, in order: all but the date and the label. */
    static List<String> names(Table table) {
        return table.columns().stream()
                .filter(name -> !name.equals("date") && !name.equals("births"))
                .toList();
    }

    private double lag(LocalDate day, int days) {
        return history.on(day.minusDays(days));
    }

    private double mean(LocalDate day, int days) {
        return IntStream.range(lagDays, lagDays + days)
                        .mapToDouble(back -> lag(day, back))
                        .sum()
                / days;
    }

    static boolean isHoliday(LocalDate day) {
        LocalDate memorialDay = day.getYear() < UNIFORM_MONDAYS
                ? LocalDate.of(day.getYear(), Month.MAY, 30)
                : LocalDate.of(day.getYear(), Month.MAY, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY));
        LocalDate laborDay =
                LocalDate.of(day.getYear(), Month.SEPTEMBER, 1).with(TemporalAdjusters.firstInMonth(DayOfWeek.MONDAY));
        LocalDate thanksgiving = LocalDate.of(day.getYear(), Month.NOVEMBER, 1)
                .with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY));
        return FIXED_HOLIDAYS.contains(MonthDay.from(day))
                || List.of(memorialDay, laborDay, thanksgiving).contains(day);
    }
}
