package example.births;

import dev.pawl.sdk.Table;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** The births of consecutive days. */
record History(LocalDate first, double[] births) {

    static History of(Table table) {
        LocalDate first = table.rows() == 0 ? LocalDate.EPOCH : LocalDate.parse(table.text("date", 0));
        return new History(first, table.numbers("births"));
    }

    int days() {
        return births.length;
    }

    LocalDate day(int index) {
        return first.plusDays(index);
    }

    /** The births of a day; NaN before the first and after the last. */
    double on(LocalDate day) {
        long index = ChronoUnit.DAYS.between(first, day);
        return index >= 0 && index < births.length ? births[(int) index] : Double.NaN;
    }
}
