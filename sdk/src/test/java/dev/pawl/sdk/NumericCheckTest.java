package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NumericCheckTest {
    private static final Table DAYS = Table.builder()
            .texts("date", "mon", "tue", "wed")
            .numbers("births", 3, 4, 5)
            .build();

    @TempDir
    Path folder;

    static final class Steps {
        @Step
        Table days() {
            return DAYS;
        }

        @Step
        Table careful(Table days) {
            double[] births = days.numbers("births");
            return days.with(
                    "more", Arrays.stream(births).map(value -> value + 1).toArray());
        }

        /** Divided by 0 it is infinite, which no table takes: an accident. And 0 / 0 is missing. */
        @Step
        Table divides(Table days) {
            double[] births = days.numbers("births");
            return days.with(
                    "share",
                    Arrays.stream(births).map(value -> births[0] / value).toArray());
        }

        @Step
        Report score(Table days, Metrics metrics) {
            double[] births = days.numbers("births");
            metrics.log(
                    "mean", Arrays.stream(births).average().orElseThrow(() -> new IllegalArgumentException("no days")));
            return Report.empty().with("days", births.length);
        }

        @Step
        Model weights(Table days) {
            float weight = (float) (days.rows() == 0 ? 0 : days.number("births", 0));
            ByteBuffer raw =
                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(weight);
            byte[] head = {0x3a, 10, 0x2a, 8, 0x10, 1, 0x4a, 4}; // graph, initializer, data_type FLOAT, raw_data
            return Model.of(ByteBuffer.allocate(12).put(head).put(raw.array()).array());
        }

        @Step
        List<Table> list(List<Table> days) {
            return days;
        }

        @Step
        Table refusesAll(Table days) {
            if (days.has("births")) {
                throw new IllegalArgumentException("not these " + days.rows());
            }
            return days;
        }
    }

    private NumericCheck check(String step) {
        return NumericCheck.of(
                StepTest.of(Steps.class, step).input("days", DAYS).folder(folder), "days");
    }

    private static HostileCase hostile(HostileKind kind) {
        Path csv = TestFolders.fresh().resolve("days.csv");
        DAYS.write(csv);
        return HostileTable.of(csv, 1).cases().stream()
                .filter(one -> one.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_careful_step_bears_all() {
        assertThatCode(() -> check("careful").seed(7).run()).doesNotThrowAnyException();
    }

    @Test
    void what_divides_by_zero_fails_with_the_smallest_table() {
        assertThatThrownBy(() -> check("divides").keep(folder.resolve("kept")).run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Steps.divides with nothing but 0 in column births, 1 row of 'days': column"
                        + " 'divides.share' lacks 1 values where it lacked 0")
                .hasMessageContaining(
                        "the table: " + folder.resolve("kept/divides-days-ZERO.csv") + "\ndate,births\nwed,0");
        assertThat(folder.resolve("kept/divides-days-ZERO.csv")).hasContent("date,births\nwed,0\n");
    }

    @Test
    void metrics_and_weights_that_are_no_numbers_fail() {
        assertThatThrownBy(() -> check("score").require(hostile(HostileKind.EMPTY_COLUMN)))
                .hasMessageContaining("score with no value at all in column births")
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> check("weights").require(hostile(HostileKind.EMPTY_COLUMN)))
                .hasMessageContaining("the model 'weights' has a weight that is no finite number");
    }

    @Test
    void refusals_are_borne_but_not_of_the_table_as_it_is() {
        assertThatCode(() -> check("refusesAll").require(hostile(HostileKind.NAN)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> check("refusesAll").run())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("refusesAll failed on the table of 'days' as it is: not these 3");
    }

    @Test
    void mistakes_are_told() {
        assertThatThrownBy(() -> NumericCheck.of(StepTest.of(Steps.class, "careful"), "day"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no input 'day'; it has [days]");
        assertThatThrownBy(() -> NumericCheck.of(StepTest.of(Steps.class, "careful"), "days")
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was given no 'days' that hostile tables could be made of");
        assertThatThrownBy(() -> NumericCheck.of(
                                StepTest.of(Steps.class, "list").input("days", List.of(DAYS)), "days")
                        .run())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'days' is no table");
    }

    @Test
    void accidents_are_told_from_refusals() {
        assertThat(HostileRules.isRefusal(HostileKind.NAN, List.of("java.lang.IllegalArgumentException")))
                .isTrue();
        assertThat(HostileRules.isRefusal(
                        HostileKind.NAN,
                        List.of("java.lang.OutOfMemoryError", "java.lang.VirtualMachineError", "java.lang.Error")))
                .isFalse();
        assertThat(HostileRules.isRefusal(HostileKind.NAN, List.of())).isFalse();
        assertThat(HostileRules.isRefusal(HostileKind.EMPTY_TABLE, List.of())).isTrue();
    }
}
