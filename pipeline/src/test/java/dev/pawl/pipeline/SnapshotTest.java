package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.Definition.DataSource;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotTest {
    private static final Instant AS_OF = Instant.parse("1971-01-10T00:00:00Z");
    private static final String DAYS = """
        date,births
        1971-01-08,8
        1971-01-09,9
        1971-01-10,10
        1971-01-11,11
        """;

    @TempDir
    Path folder;

    @Test
    void rows_are_known_from_their_time_plus_the_delay_on() throws IOException {
        assertThat(snapshot(DAYS, Optional.of("date"), Duration.ZERO, Optional.empty()))
                .isEqualTo("date,births\n1971-01-08,8\n1971-01-09,9\n1971-01-10,10\n");
        assertThat(snapshot(DAYS, Optional.of("date"), Duration.ofDays(1), Optional.empty()))
                .isEqualTo("date,births\n1971-01-08,8\n1971-01-09,9\n");
        assertThat(snapshot(DAYS, Optional.empty(), Duration.ZERO, Optional.empty()))
                .isEqualTo(DAYS);
    }

    @Test
    void a_sample_is_the_first_known_rows() throws IOException {
        assertThat(snapshot(DAYS, Optional.of("date"), Duration.ZERO, Optional.of(2)))
                .isEqualTo("date,births\n1971-01-08,8\n1971-01-09,9\n");
        assertThat(snapshot(DAYS, Optional.of("date"), Duration.ZERO, Optional.of(100))
                        .lines())
                .hasSize(4);
    }

    @Test
    void times_may_be_instants_and_fields_quoted() throws IOException {
        String known = """
            at,note
            1971-01-09T23:59:59Z,"a, ""b""
            c"
            1971-01-10T02:00:00+02:00,x
            """;
        String text = known + "1971-01-10T00:00:01Z,y\n";

        assertThat(snapshot(text, Optional.of("at"), Duration.ZERO, Optional.empty()))
                .isEqualTo(known);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        day,n\\n1971-01-01,1\\n            | data/births.csv:1: there is no column 'date'
        date,n\\n1971-01-01,1\\n1/2/71,2\\n | data/births.csv:3: '1/2/71' in column 'date' is neither a date
        date,n\\n1971-13-01,1\\n           | data/births.csv:2: '1971-13-01'
        date,n\\n1971-01-01\\n             | data/births.csv:2: 1 fields, but the header has 2
        date,n\\n1971-01-11,1\\n           | data/births.csv:1: no row of source 'births' is known at 1971-01-10T00:00:00Z
        date,date\\n                       | data/births.csv:1: two columns have the same name
        date,\\n                           | data/births.csv:1: a column has no name
        date,n\\n1971-01-01,"1\\n          | data/births.csv:2: a quoted field is not closed
        date,n\\n1971-01-01,1"1"\\n        | data/births.csv:2: a quote within a field
        date,n\\n1971-01-01,"1"1\\n        | data/births.csv:2: text after a quoted field
        """, ignoreLeadingAndTrailingWhitespace = true, quoteCharacter = '`')
    void bad_data_is_told_by_file_and_line(String text, String error) {
        assertThatThrownBy(
                        () -> snapshot(text.replace("\\n", "\n"), Optional.of("date"), Duration.ZERO, Optional.empty()))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining(error);
    }

    @Test
    void an_empty_a_missing_and_a_binary_file_are_told() throws IOException {
        assertThatThrownBy(() -> snapshot("", Optional.empty(), Duration.ZERO, Optional.empty()))
                .hasMessageContaining("data/births.csv:1: the file is empty");
        Files.write(folder.resolve("binary"), new byte[] {'a', '\n', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> take(folder.resolve("binary"), Optional.empty(), Duration.ZERO, Optional.empty()))
                .hasMessageContaining("data/births.csv:")
                .hasMessageContaining("not UTF-8");
        assertThatThrownBy(() -> take(folder.resolve("no"), Optional.empty(), Duration.ZERO, Optional.empty()))
                .hasMessageContaining("There is no file data/births.csv");
    }

    @Test
    void line_breaks_and_marks_of_other_systems_are_read() throws IOException {
        assertThat(snapshot(
                        "\uFEFFdate,n\r\n1971-01-01,1\r\n1971-01-02,",
                        Optional.of("date"),
                        Duration.ZERO,
                        Optional.empty()))
                .isEqualTo("date,n\n1971-01-01,1\n1971-01-02,\n");
    }

    @Test
    void all_steps_of_a_run_see_the_same_though_the_file_grows() {
        try (Rig rig = Rig.in(folder).start()) {
            Path file = folder.resolve("days.csv");
            Rig.write(file, DAYS);
            Map<String, DataSource> data =
                    Map.of("days", new DataSource(file.toString(), Optional.of("date"), Duration.ZERO));
            RunId id = rig.submit(pipeline(
                    data,
                    rig.step("a", "cp ../inputs/days.csv ../outputs/a; echo 1971-01-01,1 >> " + file)
                            .reading("days"),
                    rig.step("b", "cp ../inputs/days.csv ../outputs/b")
                            .after("a")
                            .reading("days")));

            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED);
            Digest seen = Digest.of("date,births\n1971-01-08,8\n1971-01-09,9\n1971-01-10,10\n");
            assertThat(rig.stepOf(id, "a").inputs()).containsEntry("days", seen);
            assertThat(rig.stepOf(id, "b").inputs()).containsEntry("days", seen);
            assertThat(rig.orchestrator().snapshots(id)).containsExactly(Map.entry("days", seen));
            assertThat(rig.output(id, "b")).isEqualTo(rig.store().artifacts().text(seen));
        }
    }

    @Test
    void a_run_on_a_sample_of_data_in_the_package() {
        try (Rig rig = Rig.in(folder).start()) {
            Map<String, DataSource> data =
                    Map.of("days", new DataSource("data/days.csv", Optional.of("date"), Duration.ZERO));
            RunId id = rig.submit(
                    pipeline(
                            data,
                            rig.step("a", "wc -l < ../inputs/days.csv > ../outputs/a")
                                    .reading("days")),
                    rig.packageOf(Map.of("data/days.csv", DAYS)),
                    Optional.of(1));

            assertThat(rig.awaitEnd(id).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(rig.output(id, "a").strip()).isEqualTo("2");
        }
    }

    @Test
    void bad_data_fails_the_step_with_file_and_line() {
        try (Rig rig = Rig.in(folder).start()) {
            Map<String, DataSource> data = Map.of(
                    "days", new DataSource("data/days.csv", Optional.of("date"), Duration.ZERO),
                    "out", new DataSource("../../x.csv", Optional.empty(), Duration.ZERO));
            Digest code = rig.packageOf(Map.of("data/days.csv", "date,n\nyesterday,1\n"));

            RunId bad = rig.submit(pipeline(data, rig.step("a", "true").reading("days")), code, Optional.empty());
            RunId outside = rig.submit(pipeline(data, rig.step("a", "true").reading("out")), code, Optional.empty());

            assertThat(rig.awaitEnd(bad).because())
                    .contains("step 'a' failed", "data/days.csv:2: 'yesterday' in column 'date'");
            assertThat(rig.awaitEnd(outside).because()).contains("leads out of the repository");
        }
    }

    private String snapshot(String text, Optional<String> time, Duration delay, Optional<Integer> sample)
            throws IOException {
        Path file = folder.resolve("source.csv");
        Files.writeString(file, text);
        return take(file, time, delay, sample);
    }

    private String take(Path file, Optional<String> time, Duration delay, Optional<Integer> sample) throws IOException {
        Path target = folder.resolve("target.csv");
        new Snapshot("births", new DataSource("data/births.csv", time, delay), AS_OF, sample).write(file, target);
        return Files.readString(target);
    }
}
