package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordsTest {
    enum Loss {
        SQUARED,
        ABSOLUTE {
            @Override
            public String toString() {
                return "absolute";
            }
        }
    }

    record Fold(int rows, long seen, double error, boolean last) {
        Fold {
            if (rows < 0) {
                throw new IllegalArgumentException("rows: " + rows);
            }
        }
    }

    record Search(
            String name,
            Loss loss,
            Instant at,
            LocalDate day,
            Duration took,
            Fold best,
            List<Fold> folds,
            Map<String, List<Integer>> grid,
            Optional<Double> eta,
            Optional<Fold> worst,
            Integer boxed) {}

    record Tree(String value, List<Tree> below) {}

    private static final Fold FOLD = new Fold(3, Long.MAX_VALUE, 0.25, true);
    private static final Search FULL = new Search(
            "a \"b\"\né",
            Loss.ABSOLUTE,
            Instant.parse("1972-07-14T00:00:00.123456789Z"),
            LocalDate.parse("1972-07-14"),
            Duration.ofMinutes(90),
            FOLD,
            List.of(FOLD, new Fold(0, Long.MIN_VALUE, -1e-300, false)),
            Map.of("depth", List.of(1, 2, 3), "", List.of()),
            Optional.of(0.1),
            Optional.empty(),
            7);

    @TempDir
    Path folder;

    @Test
    void a_record_comes_back_from_its_file_as_it_was() {
        assertThat(RecordTypes.problems(Search.class)).isEmpty();
        assertThat(written(FULL)).isEqualTo(FULL);
    }

    @Test
    void a_record_may_hold_itself() {
        Tree tree = new Tree("a", List.of(new Tree("b", List.of(new Tree("c", List.of()))), new Tree("d", List.of())));

        assertThat(RecordTypes.problems(Tree.class)).isEmpty();
        assertThat(written(tree)).isEqualTo(tree);
    }

    @Test
    void a_record_is_a_json_object_an_empty_optional_is_left_out() throws IOException {
        form(Fold.class).write(FOLD, file());
        assertThat(file()).hasContent("{\"rows\":3,\"seen\":9223372036854775807,\"error\":0.25,\"last\":true}");
        form(Search.class).write(FULL, file());
        assertThat(Files.readString(file()))
                .contains("\"loss\":\"ABSOLUTE\"", "\"took\":\"PT1H30M\"", "\"eta\":0.1")
                .doesNotContain("worst");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"rows":3,"seen":1,"error":0.2}                          | Fold.last is missing
        {"rows":3,"seen":1,"error":0.2,"last":true,"more":1}     | Fold.more is not known: there are [rows, seen, error, last]
        {"rows":3.5,"seen":1,"error":0.2,"last":true}            | Fold.rows must be of type int, but is 3.5
        {"rows":3000000000,"seen":1,"error":0.2,"last":true}     | Fold.rows must be of type int, but is 3000000000
        {"rows":3,"seen":1,"error":"x","last":true}              | Fold.error must be of type double, but is "x"
        {"rows":3,"seen":1,"error":0.2,"last":null}              | Fold.last must be of type boolean, but is null
        {"rows":-1,"seen":1,"error":0.2,"last":true}             | Fold is refused by dev.pawl.sdk.RecordsTest$Fold: java.lang.IllegalArgumentException: rows: -1
        []                                                       | Fold must be of type object, but is []
        """)
    void what_does_not_fit_is_refused_with_its_path(String json, String problem) throws IOException {
        Files.writeString(file(), json);
        assertThatThrownBy(() -> form(Fold.class).read(file()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(file() + ": " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        "folds":[     | "folds":[7,            | Search.folds[0] must be of type object, but is 7
        "rows":0      | "rows":"0"             | Search.folds[1].rows must be of type int, but is "0"
        [1,2,3]       | [1,2,true]             | Search.grid.depth[2] must be of type int, but is true
        [1,2,3]       | {}                     | Search.grid.depth must be of type list, but is {}
        ABSOLUTE      | HUBER                  | Search.loss is "HUBER": use one of [SQUARED, ABSOLUTE]
        1972-07-14T   | T                      | Search.at is "T00:00:00.123456789Z": it must be an instant such as 1970-01-01T00:00:00Z
        "1972-07-14"  | "July"                 | Search.day is "July": it must be a date such as 1970-01-01
        PT1H30M       | 90 m                   | Search.took is "90 m": it must be a duration such as PT15M
        """)
    void what_does_not_fit_deep_within_is_refused_with_its_path(String right, String wrong, String problem)
            throws IOException {
        form(Search.class).write(FULL, file());
        Files.writeString(file(), Files.readString(file()).replaceFirst(java.util.regex.Pattern.quote(right), wrong));
        assertThatThrownBy(() -> form(Search.class).read(file())).hasMessage(file() + ": " + problem);
    }

    @Test
    void what_cannot_be_kept_is_refused_with_its_path() {
        assertThatThrownBy(() -> RecordWriter.write(new Tree("a", List.of(new Tree(nothing(), List.of())))))
                .hasMessage("Tree.below[0].value is null: make it an Optional if it may be missing");
        assertThatThrownBy(() -> RecordWriter.write(new Fold(1, 1, Double.NaN, true)))
                .hasMessage("Fold.error is NaN: give finite values only");
    }

    record Generic<T>(T value) {}

    record Bad(
            float ratio, Object any, Map<Integer, String> byNumber, List<double[]> arrays, Generic<String> generic) {}

    @Test
    void what_json_cannot_hold_is_found_when_the_class_is_loaded() {
        assertThat(RecordTypes.problems(Bad.class))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("Bad.ratio has the type float: use int, long,"),
                        problem -> assertThat(problem).startsWith("Bad.any has the type Object: use"),
                        problem ->
                                assertThat(problem).startsWith("Bad.byNumber has the type Map<Integer, String>: use"),
                        problem -> assertThat(problem).startsWith("Bad.arrays[] has the type double[]: use"),
                        problem -> assertThat(problem).startsWith("Bad.generic has the type Generic<String>: use"));
        assertThat(RecordTypes.problems(Generic.class))
                .containsExactly("Generic is generic: use a record without type parameters");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static String nothing() {
        return null;
    }

    private static Form form(Class<?> type) {
        return Form.of(type).orElseThrow();
    }

    private Object written(Record value) {
        form(value.getClass()).write(value, file());
        return form(value.getClass()).read(file());
    }

    private Path file() {
        return folder.resolve("record.json");
    }
}
