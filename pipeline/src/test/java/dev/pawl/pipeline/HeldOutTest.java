package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldOutTest {
    private static final ModelPlan.Holdout PLAN = new ModelPlan.Holdout(new StepName("features"), "y", "day");

    @Test
    void rows_come_in_the_order_of_their_time_and_those_without_a_label_are_counted() {
        HeldOut heldOut = HeldOut.read("""
            day,a,b,y
            1971-01-03,3,,30
            1971-01-01,1,-1e2,10
            1971-01-02,2,4,
            """, PLAN);
        assertThat(heldOut.labels()).containsExactly(10, 30);
        assertThat(heldOut.withoutLabel()).isEqualTo(1);
        List<double[]> rows = heldOut.features(List.of("b", "a"), 10);
        assertThat(rows.get(0)).containsExactly(-100, 1);
        assertThat(rows.get(1)).containsExactly(Double.NaN, 3);
    }

    @Test
    void dates_instants_and_local_times_are_understood() {
        HeldOut heldOut = HeldOut.read(
                "day,y\n1971-01-02,1\n1971-01-02T01:00:00Z,2\n1971-01-02T04:00:00+02:00,3\n1971-01-02T03:00,4\n", PLAN);
        assertThat(heldOut.rows())
                .extracting(row -> row.time().toString())
                .containsExactly(
                        "1971-01-02T00:00:00Z", "1971-01-02T01:00:00Z", "1971-01-02T02:00:00Z", "1971-01-02T03:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "day,y;1971-01-01,abc | The held-out table, line 2, column 'y': 'abc' is not a number",
                "day,y;1971-01-01,5;1971-01-02,NaN | The held-out table, line 3, column 'y': 'NaN' is not a finite"
                        + " number",
                "day,y;1971-01-01,-Infinity | The held-out table, line 2, column 'y': '-Infinity' is not a finite"
                        + " number",
                "day,y;1971-01-01,1e999 | The held-out table, line 2, column 'y': '1e999' is not a finite number",
                "day,y;1.1.1971,5 | The held-out table, line 2, column 'day': '1.1.1971' is not a date (1972-07-14) or"
                        + " an instant (1972-07-14T00:00:00Z)",
                "day,x;1971-01-01,5 | The held-out table has no column 'y'; it has [day, x]",
                "day,y;1971-01-01,5;1971-01-02 | The held-out table:3: 1 fields, but the header has 2"
            })
    void what_is_wrong_is_said_with_its_place(String table, String message) {
        assertThatThrownBy(() -> HeldOut.read(table.replace(";", "\n"), PLAN))
                .isInstanceOf(PawlException.class)
                .hasMessage(message);
    }

    @Test
    void an_empty_file_is_no_table() {
        assertThatThrownBy(() -> HeldOut.read("", PLAN)).hasMessageContaining("the file is empty");
    }
}
