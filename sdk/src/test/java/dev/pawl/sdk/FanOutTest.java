package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanOutTest {
    record Point(int x, int y) {}

    static final class Zipped {
        @Step
        List<Integer> xs(@Param(defaultValue = "2") int count) {
            return Collections.nCopies(count, 1);
        }

        @Step
        List<Integer> ys() {
            return List.of(3, 4);
        }

        @Step
        Point point(@Each @From("xs") int x, @Each @From("ys") int y) {
            return new Point(x, y);
        }

        @Step
        int count(List<Point> point) {
            return point.size();
        }
    }

    @Test
    void lists_are_taken_side_by_side_and_must_be_of_one_length() {
        assertThat(PipelineTest.of(Zipped.class).run().outputs("point", Point.class))
                .containsExactly(new Point(1, 3), new Point(1, 4));
        assertThat(PipelineTest.of(Zipped.class)
                        .param("xs.count", 3)
                        .runToFailure()
                        .failure())
                .get()
                .satisfies(failure -> assertThat(failure)
                        .hasMessage("Step point failed: its @Each inputs are of different lengths, {x=3, y=2}: they are"
                                + " taken side by side"));
    }

    static final class Empty {
        @Step
        List<Integer> none() {
            return List.of();
        }

        @Step
        int each(@Each @From("none") int number) {
            return number;
        }

        @Step
        int sum(List<Integer> each) {
            return each.size();
        }

        @Step
        Table rows() {
            return Table.builder().numbers("x").build();
        }
    }

    @Test
    void an_empty_list_gives_an_empty_list_and_a_table_without_rows_fails() {
        TestRun run = PipelineTest.of(Empty.class).runToFailure();

        assertThat(run.outputs("each", int.class)).isEmpty();
        assertThat(run.failure())
                .get()
                .satisfies(failure -> assertThat(failure)
                        .hasMessage("Step rows failed: The step gave a table without rows; it has the columns [x]"));
    }
}
