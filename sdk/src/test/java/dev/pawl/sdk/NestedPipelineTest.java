package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How the names of steps are made and looked up where pipelines are nested. */
class NestedPipelineTest {
    @SuppressWarnings("unused")
    static final class Outer {
        @Nested
        Inner left = new Inner();

        @Nested
        Inner right = new Inner();

        @Nested
        Itself itself = new Itself();

        @Nested
        Object empty = new Object();

        @Step
        int own() {
            return 1;
        }
    }

    @SuppressWarnings("unused")
    static final class Inner {
        @Step
        int aStepWhoseNameAloneHasFiftyNineCharactersAndNotMoreThanThat() {
            return 1;
        }
    }

    @SuppressWarnings("unused")
    static final class Itself {
        @Nested
        Itself again = this;
    }

    @Test
    void nested_pipelines_have_an_end_steps_and_names_that_fit() {
        assertThat(LoadProblems.of(Outer.class))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .isEqualTo("java.lang.Object: has no step: mark a method with @Step"),
                        problem -> assertThat(problem)
                                .isEqualTo(Itself.class.getName() + ".again: nests " + Itself.class.getName()
                                        + " in itself: a pipeline has an end"),
                        problem -> assertThat(problem)
                                .startsWith(Inner.class.getName() + ".aStep")
                                .contains("left-aStep", "has 64 characters: 63 at the most"),
                        problem -> assertThat(problem).contains("right-aStep", "has 65 characters"));
    }

    @SuppressWarnings("unused")
    static final class Whole {
        @Nested
        Part part = new Part();

        @Step
        int number() {
            return 1;
        }

        @Step
        int base() {
            return 2;
        }

        @Step
        int sum(@From("part-sum") int inner, @From("part-deep-sum") int deep) {
            return inner + deep;
        }
    }

    @SuppressWarnings("unused")
    static final class Part {
        @Nested
        Deep deep = new Deep();

        @Step
        int number() {
            return 10;
        }

        @Step
        int sum(@From("number") int own, @From("base") int outer, @From("deep-sum") int deep) {
            return own + outer + deep;
        }
    }

    static final class Deep {
        @Step
        int sum(@From("number") int around, @From("base") int outermost) {
            return around + outermost;
        }
    }

    @Test
    void a_name_means_the_own_step_first_and_then_those_around() {
        List<PipelineStep> steps = PipelineClass.of(Whole.class).steps();

        assertThat(steps)
                .extracting(PipelineStep::name)
                .containsExactly("base", "number", "part-number", "part-deep-sum", "part-sum", "sum");
        assertThat(steps.get(3).from()).containsEntry("around", "part-number").containsEntry("outermost", "base");
        assertThat(steps.get(4).from())
                .containsEntry("own", "part-number")
                .containsEntry("outer", "base")
                .containsEntry("deep", "part-deep-sum");
        assertThat(PipelineTest.of(Whole.class).run().output("sum", int.class)).isEqualTo(10 + 2 + 12 + 12);
    }
}
