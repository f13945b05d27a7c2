package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HostileTableTest {
    private static final String DAYS = """
        date,births,"a, b"
        1969-01-01,8486,"x,y"
        1969-01-02,9002,z
        1969-01-03,9542,z
        1969-01-04,8960,z
        """;

    private static HostileCase of(HostileKind kind, long seed) {
        return HostileTable.of(DAYS, seed).cases().stream()
                .filter(hostile -> hostile.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void every_kind_that_fits_the_columns_is_there_once() {
        assertThat(HostileTable.of(DAYS, 1).cases())
                .extracting(HostileCase::kind)
                .containsExactlyElementsOf(EnumSet.allOf(HostileKind.class));
        assertThat(HostileTable.of("a\n1\n", 1).cases())
                .extracting(HostileCase::kind)
                .doesNotContain(HostileKind.UNSEEN_CATEGORY, HostileKind.LONG_TEXT)
                .contains(HostileKind.NAN, HostileKind.MISSING, HostileKind.EMPTY_TABLE);
    }

    @Test
    void numbers_are_hit_and_the_rest_stays_as_it_is_written() {
        assertThat(of(HostileKind.ZERO, 1).csv()).isEqualTo(DAYS.replaceAll("(?m),[0-9]{4},", ",0,"));
        assertThat(of(HostileKind.NAN, 1).csv()).contains("1969-01-01,NaN,\"x,y\"");
        assertThat(of(HostileKind.OUT_OF_RANGE, 1).csv()).contains("1969-01-01,1065542.0,");
        assertThat(of(HostileKind.CONSTANT, 1).csv().lines().skip(1).distinct()).hasSize(1);
        assertThat(of(HostileKind.WRONG_TYPE, 1).words())
                .isEqualTo("texts where numbers belong in column births, 4 rows");
    }

    @Test
    void tables_as_a_whole() {
        assertThat(of(HostileKind.EMPTY_TABLE, 1).csv()).isEqualTo("date,births,\"a, b\"\n");
        assertThat(of(HostileKind.ONE_ROW, 1).csv().lines()).hasSize(2);
        assertThat(of(HostileKind.DUPLICATE_ROWS, 1).csv().lines()).hasSize(9);
    }

    @Test
    void the_same_seed_makes_the_same_tables_and_another_one_others() {
        String rows =
                IntStream.range(0, 200).mapToObj(Integer::toString).collect(Collectors.joining("\n", "n\n", "\n"));
        assertThat(csvs(rows, 1)).isEqualTo(csvs(rows, 1)).isNotEqualTo(csvs(rows, 2));
        long hit = HostileTable.of(rows, 1)
                .cases()
                .getFirst()
                .csv()
                .lines()
                .filter("NaN"::equals)
                .count();
        assertThat(hit).as("a third of 200").isBetween(40L, 95L);
    }

    private static List<String> csvs(String csv, long seed) {
        return HostileTable.of(csv, seed).cases().stream().map(HostileCase::csv).toList();
    }

    @Test
    void a_failing_table_is_made_small() {
        String rows = IntStream.range(0, 100)
                .mapToObj(row -> row + "," + row + ",t" + row)
                .collect(Collectors.joining("\n", "a,b,c\n", "\n"));
        HostileCase zeros = HostileTable.of(rows, 1).cases().stream()
                .filter(hostile -> hostile.kind() == HostileKind.ZERO)
                .findFirst()
                .orElseThrow();
        List<String> tried = new ArrayList<>();

        // fails where b is 0 in row 70 and row 71 is there
        HostileCase smallest = SmallestCase.of(zeros, 100, hostile -> {
            tried.add(hostile.words());
            return hostile.columns().contains("b") && hostile.rows().containsAll(List.of(70, 71));
        });

        assertThat(smallest.columns()).containsExactly("b");
        assertThat(smallest.rows()).containsExactly(70, 71);
        assertThat(smallest.csv()).isEqualTo("a,b,c\n70,0,t70\n71,0,t71\n");
        assertThat(tried).hasSizeLessThan(60);
    }

    @Test
    void no_more_trials_are_made_than_allowed() {
        String rows =
                IntStream.range(0, 100).mapToObj(Integer::toString).collect(Collectors.joining("\n", "n\n", "\n"));
        List<HostileCase> tried = new ArrayList<>();
        SmallestCase.of(HostileTable.of(rows, 1).cases().getFirst(), 5, hostile -> {
            tried.add(hostile);
            return true;
        });
        assertThat(tried).hasSize(5);
    }

    @Test
    void a_table_that_shows_nothing_is_refused() {
        assertThatThrownBy(() -> HostileTable.of("a,b\n", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("without rows");
    }
}
