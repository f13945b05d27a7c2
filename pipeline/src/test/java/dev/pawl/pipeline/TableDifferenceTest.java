package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableDifferenceTest {
    @TempDir
    Path folder;

    @Test
    void rows_that_a_column_tells_apart_were_added_removed_or_changed() throws IOException {
        assertThat(between("day,n\nmon,1\ntue,2\nwed,3\n", "day,n\ntue,2\nwed,4\nthu,5\nfri,6\n", "day"))
                .isEqualTo(new TableDifference(List.of(), List.of(), 3, 4, Optional.of("day"), 2, 1, 1));
    }

    @Test
    void without_such_a_column_a_changed_row_is_one_less_and_one_more() throws IOException {
        assertThat(between("kind,n\na,1\na,1\nb,2\n", "kind,n\na,1\nb,2\nb,3\n", "time"))
                .isEqualTo(new TableDifference(List.of(), List.of(), 3, 3, Optional.empty(), 1, 1, 0));
    }

    @Test
    void columns_that_only_one_has_are_named_and_left_out() throws IOException {
        assertThat(between("id,old,n\n1,x,1\n2,y,2\n", "n,id,young\n1,1,z\n3,2,z\n", "time"))
                .isEqualTo(new TableDifference(List.of("young"), List.of("old"), 2, 2, Optional.of("id"), 0, 0, 1));
    }

    @Test
    void of_a_table_that_is_too_long_nothing_is_said() throws IOException {
        String rows = "n\n" + "1\n".repeat(TableDifference.MOST_ROWS + 1);

        assertThat(TableDifference.between(file("a", "n\n1\n"), file("b", rows), List.of()))
                .isEmpty();
    }

    private TableDifference between(String before, String after, String likelyKey) throws IOException {
        return TableDifference.between(file("before", before), file("after", after), List.of(likelyKey))
                .orElseThrow();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
