package dev.pawl.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.pawl.sdk.HostileCase;
import dev.pawl.sdk.HostileKind;
import dev.pawl.sdk.LossCurve;
import dev.pawl.sdk.NumericCheck;
import dev.pawl.sdk.StepTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

class HostileInputsTest {
    private static final String DAYS = "src/test/resources/days.csv";

    /** Not found by the build: what is no test class of its own is only run from here. */
    static class Good {
        @HostileInputs(pipeline = Days.class, step = "careful", input = "csv", from = DAYS)
        void careful_bears_hostile_days() {}

        @HostileInputs(from = DAYS, seed = 7)
        void the_method_may_do_it(HostileCase days) {
            NumericCheck.of(StepTest.of(Days.class, "careful"), "csv").require(days);
        }

        @Test
        void learning_converges_and_does_the_same_again() {
            LossCurve.of(StepTest.of(Days.class, "better").runTwice().metrics(), "loss")
                    .requireFall()
                    .requireOverfit(0.1);
        }
    }

    static class Bad {
        @HostileInputs(pipeline = Days.class, step = "divides", input = "csv", from = DAYS)
        void a_division_by_a_sum_that_may_be_zero() {}

        @HostileInputs(pipeline = Days.class, step = "wholeDays", input = "csv", from = DAYS)
        void a_division_of_whole_numbers(HostileCase days) {
            assertThat(days.kind()).isNotEqualTo(HostileKind.HUGE);
        }
    }

    static class BadOtherwise {
        @Test
        void does_not_converge() {
            LossCurve.of(StepTest.of(Days.class, "worse").run().metrics(), "loss")
                    .requireFall();
        }

        @Test
        void is_not_repeatable() {
            StepTest.of(Days.class, "counts").runTwice();
        }
    }

    static class Mistaken {
        @HostileInputs(pipeline = Days.class, from = DAYS)
        void without_a_step() {}

        @HostileInputs(from = "src/test/nothing.csv")
        void without_a_file(HostileCase days) {
            throw new AssertionError(days.words());
        }
    }

    private static EngineExecutionResults run(Class<?> tests) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(tests))
                .execute();
    }

    private static String message(Event failed) {
        return failed.getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .map(Throwable::getMessage)
                .orElseThrow();
    }

    private static List<String> failures(Class<?> tests) {
        return run(tests).allEvents().failed().stream()
                .map(HostileInputsTest::message)
                .toList();
    }

    @Test
    void good_steps_pass_with_a_test_for_each_kind() {
        EngineExecutionResults results = run(Good.class);

        results.testEvents().assertStatistics(all -> all.failed(0).succeeded(2 * HostileKind.values().length + 1));
        assertThat(results.testEvents().succeeded().stream()
                        .map(event -> event.getTestDescriptor().getDisplayName()))
                .contains(
                        "NaN in a third of the numbers in column births, 4 rows",
                        "no rows, 0 rows",
                        "every row twice, 4 rows");
    }

    @Test
    void a_division_by_zero_fails_with_the_smallest_table() {
        assertThat(failures(Bad.class))
                .as("of whole numbers: MISSING, EMPTY_COLUMN, ZERO, DENORMAL, TINY, EMPTY_TABLE, and what the"
                        + " method says of HUGE")
                .hasSize(1 + 7);
        assertThat(failures(Bad.class))
                .anySatisfy(message -> assertThat(message)
                        .contains("Days.divides with nothing but 0 in column births, 1 row of 'csv'")
                        .contains("column 'divides.share' lacks 1 values where it lacked 0")
                        .contains("HostileInputsTest$Bad/a_division_by_a_sum_that_may_be_zero/divides-csv-ZERO.csv\n"
                                + "date,births"))
                .anySatisfy(message -> assertThat(message)
                        .contains("it threw java.lang.ArithmeticException: / by zero")
                        .contains("at dev.pawl.junit.Days.wholeDays"));
        assertThat(Path.of(
                        "target/hostile",
                        Bad.class.getName(),
                        "a_division_by_a_sum_that_may_be_zero",
                        "divides-csv-ZERO.csv"))
                .hasContent("date,births,ward\n1969-01-04,0,b\n");
        assertThat(Files.isDirectory(Path.of("target/hostile", Good.class.getName())))
                .isFalse();
    }

    @Test
    void what_does_not_converge_or_is_not_repeatable_fails() {
        assertThat(failures(BadOtherwise.class))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message)
                        .startsWith("'loss' does not fall: from 1.000 to 20.00 in 20 rounds (Mann-Kendall, z = ")
                        .endsWith("must be below -2.326; it ends where it began, or above)"))
                .anySatisfy(message -> assertThat(message)
                        .contains("Days.counts gave another output from the same inputs (line 1 is '")
                        .endsWith("): fix its seeds, leave clock and network out, or say cache = false of it"));
    }

    @Test
    void mistakes_are_told() {
        assertThat(failures(Mistaken.class))
                .hasSize(2)
                .anySatisfy(message -> assertThat(message)
                        .isEqualTo("@HostileInputs of without_a_step: name 'pipeline', 'step' and 'input', or"
                                + " none of them"))
                .anySatisfy(message -> assertThat(message)
                        .startsWith("@HostileInputs of without_a_file: cannot read 'from', ")
                        .contains("nothing.csv"));
    }
}
