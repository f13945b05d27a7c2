package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableTest {
    private static final Table BIRTHS = Table.builder()
            .texts("date", "1969-01-01", "1969-01-02", "1969-01-03")
            .numbers("births", 8486, 9002, 9542)
            .build();

    @TempDir
    Path folder;

    @Test
    void a_table_comes_back_from_its_file_as_it_was() {
        Table table = Table.builder()
                .texts("a, \"b\"", "plain", "with, comma", "two\nlines", " blank ", "\"quoted\"", "")
                .texts("looks like a number", "1", "007", "-1.5e3", "", "NaN", "0")
                .numbers("number", 0.1, -0.0, 1e300, Double.NaN, 123456789012345L, Double.MIN_VALUE)
                .build();

        assertThat(written(table)).isEqualTo(table);
    }

    @Test
    void a_table_without_rows_keeps_its_columns() {
        assertThat(written(BIRTHS.first(0)).columns()).containsExactly("date", "births");
    }

    @Test
    void whole_numbers_are_written_without_a_fraction() throws IOException {
        BIRTHS.first(1).write(file());

        assertThat(file()).hasContent("date,births\n1969-01-01,8486\n");
    }

    @Test
    void an_empty_cell_is_a_missing_number_and_numbers_with_leading_zeros_are_texts() throws IOException {
        Files.writeString(file(), "lag,zip\r\n1,01234\r\n,99999");

        Table table = Table.read(file());

        assertThat(table.numbers("lag")).containsExactly(1, Double.NaN);
        assertThat(table.texts("zip")).containsExactly("01234", "99999");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "``| :1: empty",
                "a,a| :1: the header has column 'a' twice",
                "a,| :1: the header has a column without a name",
                "a,b~1,2~3| :3: 1 cells where the header has 2",
                "a~\"x~y\"~\"open| :4: a quoted cell does not end",
                "a~x\"y| :2: a quote within a cell",
                "a~\"x\"y| :2: a comma or the end of the line is missing",
                "a~1e999| :2: 1e999 is too large a number",
            })
    void a_bad_file_is_refused_with_file_and_line(String csv, String message) throws IOException {
        Files.writeString(file(), csv.replace('~', '\n'));

        assertThatThrownBy(() -> Table.read(file()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(file() + message);
    }

    @Test
    void a_file_in_another_encoding_is_refused() throws IOException {
        Files.write(file(), "name\nMüller\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Table.read(file())).hasMessage(file() + ": not UTF-8");
    }

    @Test
    void rows_are_cut_from_either_end_or_by_condition() {
        assertThat(BIRTHS.first(2).numbers("births")).containsExactly(8486, 9002);
        assertThat(BIRTHS.last(1).texts("date")).containsExactly("1969-01-03");
        assertThat(BIRTHS.last(9)).isEqualTo(BIRTHS);
        assertThat(BIRTHS.slice(1, 2).rows()).isOne();
        assertThat(BIRTHS.where(row -> BIRTHS.number("births", row) > 9000).text("date", 0))
                .isEqualTo("1969-01-02");
    }

    @Test
    void columns_are_chosen_and_added() {
        Table table = BIRTHS.with("rate", 1, 2, 3).with("day", List.of("wed", "thu", "fri"));

        assertThat(table.select("day", "rate").columns()).containsExactly("day", "rate");
        assertThat(BIRTHS.has("rate")).isFalse();
    }

    @Test
    void tables_differ_by_the_order_of_their_columns() {
        assertThat(BIRTHS.select("births", "date")).isNotEqualTo(BIRTHS).hasToString("Table[3 rows of [births, date]]");
    }

    @Test
    void a_table_cannot_be_changed_through_its_arrays() {
        double[] numbers = {1, 2};
        Table table = Table.builder().numbers("x", numbers).build();
        numbers[0] = 9;
        table.numbers("x")[1] = 9;

        assertThat(table.numbers("x")).containsExactly(1, 2);
    }

    @Test
    void a_wrong_column_is_named_with_those_that_exist() {
        assertThatThrownBy(() -> BIRTHS.numbers("birhts"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("The table has no column 'birhts'; it has [date, births]");
        assertThatThrownBy(() -> BIRTHS.numbers("date")).hasMessage("Column 'date' holds texts, not numbers");
        assertThatThrownBy(() -> BIRTHS.texts("births")).hasMessage("Column 'births' holds numbers, not texts");
    }

    @Test
    void columns_that_do_not_fit_are_refused() {
        assertThatThrownBy(() -> BIRTHS.with("short", 1)).hasMessageContaining("has 1 rows, column 'date' has 3");
        assertThatThrownBy(() -> BIRTHS.with("date", 1, 2, 3)).hasMessageContaining("already has a column 'date'");
        assertThatThrownBy(() -> BIRTHS.with("x", 1, 2, Double.NEGATIVE_INFINITY))
                .hasMessageContaining("row 2: infinite");
    }

    private Table written(Table table) {
        table.write(file());
        return Table.read(file());
    }

    private Path file() {
        return folder.resolve("table.csv");
    }
}
