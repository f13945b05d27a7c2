package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is wrong with a pipeline class is found when it is loaded, with class, method, parameter and what to do. */
class LoadTimeTest {
    @Test
    void a_pipeline_with_everything_is_in_order() {
        assertThat(PipelineClass.of(Bakery.class).steps())
                .extracting(PipelineStep::name)
                .containsExactly(
                        "clean",
                        "recipes",
                        "bake",
                        "box",
                        "weight",
                        "praise",
                        "label",
                        "shop-price",
                        "shop-discount",
                        "bill");
    }

    @SuppressWarnings("unused")
    static final class WrongRules {
        @Step(attempts = 11, backoff = "1 s", longest = "soon", factor = 0.5)
        int retry() {
            return 1;
        }

        @Step(backoff = "10s", longest = "5s")
        int pauses() {
            return 1;
        }

        @Step(timeout = "0s", cpuTime = "5min", memory = "2G", cpus = 0, pool = "The Pool", tags = "a b")
        int resources() {
            return 1;
        }
    }

    @Test
    void durations_memory_and_names_are_checked() {
        String retry = WrongRules.class.getName() + ".retry: ";
        String resources = WrongRules.class.getName() + ".resources: ";
        assertThat(LoadProblems.of(WrongRules.class))
                .containsExactly(
                        WrongRules.class.getName()
                                + ".pauses: has the backoff \"10s\", which is longer than the longest pause, \"5s\"",
                        resources
                                + "has the timeout \"0s\": a duration is a whole number and ms, s, m, h or d, such as"
                                + " \"10m\"",
                        resources
                                + "has the cpuTime \"5min\": a duration is a whole number and ms, s, m, h or d, such as"
                                + " \"10m\"",
                        resources + "has the memory \"2G\": write a whole number and KB, MB, GB or TB, such as \"2GB\"",
                        resources + "has 0 cpus: give it 1 to 1024",
                        resources
                                + "has the pool \"The Pool\": write lower-case letters, digits, - and _, 63 at the"
                                + " most",
                        resources + "has the tag \"a b\": write lower-case letters, digits, - and _, 63 at the most",
                        retry + "has 11 attempts: give it 1 to 10",
                        retry
                                + "has the backoff \"1 s\": a duration is a whole number and ms, s, m, h or d, such as"
                                + " \"10m\"",
                        retry
                                + "has the longest \"soon\": a duration is a whole number and ms, s, m, h or d, such as"
                                + " \"10m\"",
                        retry + "has the factor 0.5: pauses grow, so give it 1 to 10");
    }

    record Scores(double mape) {}

    @SuppressWarnings("unused")
    static final class WrongConditions {
        @Step(when = "rounds >")
        int cut(@Param(defaultValue = "1") int rounds) {
            return rounds;
        }

        @Step(when = "scores.mape < 1 and scores.mae < 1 and scores == 1 and cut.x == 1 and all == 1 and maybe == 1")
        void asks(Scores scores, @From("cut") int cut, List<Scores> all, Optional<Scores> maybe) {}

        @Step
        Scores scores() {
            return new Scores(1);
        }
    }

    @Test
    void conditions_are_read_and_their_names_are_known() {
        String asks = WrongConditions.class.getName() + ".asks: has the condition \"";
        assertThat(LoadProblems.of(WrongConditions.class))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith(asks).contains("names 'scores.mae': name a @Param"),
                        problem -> assertThat(problem).startsWith(asks).contains("names 'scores'"),
                        problem -> assertThat(problem).startsWith(asks).contains("names 'cut.x'"),
                        problem -> assertThat(problem).startsWith(asks).contains("names 'all'"),
                        problem -> assertThat(problem).startsWith(asks).contains("names 'maybe'"),
                        problem -> assertThat(problem)
                                .isEqualTo(WrongConditions.class.getName() + ".cut: has the condition \"rounds >\": it"
                                        + " ends where a name, a number, 'text', true or false must be"));
    }

    record Row(int rows, List<Integer> parts) {}

    record Deep(Row best, Optional<Row> other, Map<String, Double> grid) {}

    @SuppressWarnings("unused")
    static final class DeepConditions {
        @Step(when = "deep.best.rows > 1 and deep.other.rows > 1 and deep.grid.eta < 1")
        void asks(Deep deep) {}

        @Step(when = "deep.best.columns > 1 and deep.best.parts.size > 1 and deep.best.rows.x > 1")
        void asksForWhatIsNotThere(Deep deep) {}

        @Step
        Deep deep() {
            return new Deep(new Row(2, List.of()), Optional.empty(), Map.of());
        }
    }

    @Test
    void conditions_may_name_what_is_further_down_in_a_record() {
        String asks = DeepConditions.class.getName() + ".asksForWhatIsNotThere: has the condition \"";
        assertThat(LoadProblems.of(DeepConditions.class))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith(asks).contains("names 'deep.best.columns'"),
                        problem -> assertThat(problem).startsWith(asks).contains("names 'deep.best.parts.size'"),
                        problem -> assertThat(problem).startsWith(asks).contains("names 'deep.best.rows.x'"));
    }

    record Odd(Object any) {}

    @SuppressWarnings("unused")
    static final class WrongArguments {
        @Step
        @Folder
        List<Path> folders(@Each List<Model> models, @Each Optional<Model> model, @Each @Source("x") Path x) {
            return List.of();
        }

        @Step
        List<Table> lists(@Each Model models, @Secret("Upper") String a, @Secret("b") char[] b) {
            return List.of();
        }

        @Step
        @Folder
        Path folder(@Each @From("lists") Table table, Outcome outcome) {
            return Path.of("");
        }

        @Step
        Odd odd(Odd input) {
            return input;
        }

        @Step(always = true)
        void end(Table lists) {}

        @Step
        @Folder
        void nothing(Optional<Object> object) {}
    }

    @Test
    void arguments_and_outputs_that_cannot_be_are_found() {
        String name = WrongArguments.class.getName() + ".";
        assertThat(LoadProblems.of(WrongArguments.class))
                .satisfiesExactly(
                        problem -> assertThat(problem)
                                .isEqualTo(name + "end: always runs, also where no other step has, so it cannot take"
                                        + " [lists] of other steps: take sources, parameters, secrets and the Outcome"
                                        + " only"),
                        problem -> assertThat(problem)
                                .startsWith(name + "folder: asks for the Outcome of the run")
                                .contains("@Step(always = true)"),
                        problem -> assertThat(problem)
                                .startsWith(name + "folder: is a @Folder and takes an @Each: there are no lists of"),
                        problem -> assertThat(problem)
                                .startsWith(name + "folders: parameter 'models' is an @Each of type List<Model>"),
                        problem -> assertThat(problem)
                                .startsWith(name + "folders: parameter 'model' is an @Each of type Optional<Model>"),
                        problem -> assertThat(problem)
                                .startsWith(name + "folders: parameter 'x' is both @Source and @Each"),
                        problem ->
                                assertThat(problem).startsWith(name + "folders: is a @Folder but returns List<Path>"),
                        problem -> assertThat(problem).startsWith(name + "lists: parameter 'a' is the @Secret 'Upper'"),
                        problem -> assertThat(problem)
                                .startsWith(name + "lists: parameter 'b' is a @Secret of type char[]"),
                        problem -> assertThat(problem).startsWith(name + "lists: returns a list and takes an @Each"),
                        problem -> assertThat(problem)
                                .startsWith(name + "nothing: parameter 'object' has the type Optional<Object>: use"),
                        problem -> assertThat(problem).startsWith(name + "nothing: is a @Folder but returns nothing"),
                        problem -> assertThat(problem)
                                .startsWith(name + "odd: parameter 'input' is a record that cannot be read: Odd.any"),
                        problem -> assertThat(problem)
                                .startsWith(name + "odd: returns a record that cannot be kept: Odd.any"));
    }

    @SuppressWarnings("unused")
    static final class WrongLinks {
        @Step
        List<Integer> numbers() {
            return List.of(1);
        }

        @Step
        int one() {
            return 1;
        }

        @Step
        void nothing() {}

        @Step(always = true)
        int end() {
            return 1;
        }

        @Step
        int doubled(@Each @From("numbers") int number) {
            return 2 * number;
        }

        @Step
        void takes(
                @From("numbers") int whole,
                @From("doubled") double wrong,
                @From("one") List<Integer> list,
                @Each @From("one") int each,
                @From("one") long wider,
                @From("nothing") Path void1,
                @From("end") int late,
                @From("non") int none,
                List<Integer> doubled,
                @From("one") Path bare) {}
    }

    @Test
    void inputs_that_do_not_fit_what_is_given_are_found() {
        String name = WrongLinks.class.getName() + ".takes: parameter ";
        assertThat(LoadProblems.of(WrongLinks.class))
                .containsExactly(
                        name
                                + "'whole' is an int, but step numbers gives a list of int: use List<Integer> for all"
                                + " of it, or @Each int for one element at a time",
                        name
                                + "'wrong' is a double, but step doubled gives a list of int: use List<Integer> for all"
                                + " of it, or @Each int for one element at a time",
                        name
                                + "'list' is a List<Integer>, but step one gives an int: use that type, or Path for the"
                                + " bare file",
                        name
                                + "'each' is @Each int, but step one gives an int: use that type, or Path for the bare"
                                + " file",
                        name + "'wider' is a long, but step one gives an int: use that type, or Path for the bare file",
                        name + "'void1' takes the output of step nothing, which gives nothing",
                        name + "'late' takes the output of step end, which runs when all is over",
                        name
                                + "'none' is from 'non', which is no step (there are [doubled, end, nothing, numbers,"
                                + " one, takes]): correct it");
    }
}
