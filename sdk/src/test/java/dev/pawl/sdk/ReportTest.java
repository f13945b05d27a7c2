package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Report REPORT =
            Report.empty().with("mape", 0.031).with("from", "1970-07-02").with("usable", true);

    @TempDir
    Path folder;

    @Test
    void a_report_comes_back_from_its_file_as_it_was() {
        REPORT.write(folder.resolve("report.json"));

        assertThat(Report.read(folder.resolve("report.json"))).isEqualTo(REPORT);
        assertThat(folder.resolve("report.json"))
                .hasContent("{\"mape\":0.031,\"from\":\"1970-07-02\",\"usable\":true}");
    }

    @Test
    void a_missing_number_is_named() {
        assertThat(REPORT.number("mape")).isEqualTo(0.031);
        assertThatThrownBy(() -> REPORT.number("from"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("The report has no number 'from'; it has [mape, from, usable]");
    }

    @Test
    void values_that_no_report_can_hold_are_refused() throws IOException {
        assertThatThrownBy(() -> REPORT.with("rmse", Double.NaN)).hasMessageContaining("'rmse' is NaN");
        assertThatThrownBy(() -> REPORT.with("mape", 1)).hasMessageContaining("already has a value 'mape'");
        Path nested = Files.writeString(folder.resolve("nested.json"), "{\"a\":[1]}");
        assertThatThrownBy(() -> Report.read(nested))
                .hasMessageContaining("'a' is neither number nor text nor boolean");
        Path array = Files.writeString(folder.resolve("array.json"), "[1]");
        assertThatThrownBy(() -> Report.read(array)).hasMessageContaining("a report is a JSON object");
    }
}
