package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.ci.TestReport.Outcome;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportFilesTest {
    @TempDir
    Path source;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(source.resolve("reports"));
    }

    private TestReport read(String... files) throws IOException {
        ReportFiles reports = ReportFiles.before(source, "reports");
        for (int i = 0; i < files.length; i++) {
            Files.writeString(folder.resolve("TEST-" + i + ".xml"), files[i]);
        }
        return reports.read();
    }

    @Test
    void a_link_leads_to_no_reports_elsewhere(@TempDir Path elsewhere) throws Exception {
        ReportFiles reports = ReportFiles.before(source, "reports");
        Files.writeString(
                elsewhere.resolve("TEST-a.xml"), "<testsuite name='a'><testcase name='b' classname='a'/></testsuite>");
        Files.delete(folder);
        Files.createSymbolicLink(folder, elsewhere);

        assertThatThrownBy(reports::read).hasMessageContaining("wrote no JUnit XML file to reports");
    }

    @Test
    void every_test_is_read_with_its_outcome() throws Exception {
        TestReport report = read("""
            <?xml version="1.0" encoding="UTF-8"?>
            <testsuite name="a.BirthsTest" tests="5" failures="1" errors="1" skipped="1" time="1,234.5">
              <properties><property name="x" value="y"/></properties>
              <testcase name="sums" classname="a.BirthsTest" time="0.5"/>
              <testcase name="lags" classname="a.BirthsTest" time="0.25">
                <failure message="expected 2 &lt; 1" type="AssertionError"><![CDATA[at a.b(C.java:1)]]></failure>
                <system-out><![CDATA[<failure>]]></system-out>
              </testcase>
              <testcase name="boom" classname="a.BirthsTest"><error type="NPE">null at line 7</error></testcase>
              <testcase name="later" classname="a.BirthsTest"><skipped/></testcase>
              <testcase name="flaky" classname="a.BirthsTest"><flakyFailure message="once">x</flakyFailure></testcase>
              <system-err>noise</system-err>
            </testsuite>
            """, """
            <testsuites><testsuite name="py"><testcase name="test_one" time="0.25"/></testsuite></testsuites>
            """);

        assertThat(report.counts()).isEqualTo(new TestCounts(6, 1, 1, 1, 1.0));
        assertThat(report.tests())
                .filteredOn(TestReport.Test::bad)
                .containsExactly(
                        new TestReport.Test(
                                "a.BirthsTest",
                                "lags",
                                Outcome.FAILED,
                                0.25,
                                "expected 2 < 1",
                                "at a.b(C.java:1)\n<failure>"),
                        new TestReport.Test("a.BirthsTest", "boom", Outcome.ERROR, 0, "null at line 7", ""));
        assertThat(report.summary())
                .contains("6 tests, 2 failed, 1 skipped")
                .contains("a.BirthsTest.lags: expected 2 < 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        <testsuite><testcase name="a"                      | cannot be read
        <html><body/></html>                               | is not a JUnit report: it begins with <html>
        <testsuite><testcase/></testsuite>                 | has a testcase without a name
        <testsuite><testcase name="a" time="x"/></testsuite> | time="x"
        <testsuite failures="1"><testcase name="a"/></testsuite> | counts 1 failures and errors but shows 0
        """)
    void what_is_not_a_report_is_refused(String content, String message) {
        assertThatThrownBy(() -> read(content))
                .hasMessageContaining("reports/TEST-0.xml")
                .hasMessageContaining(message);
    }

    @Test
    void a_report_cannot_make_pawl_read_other_files() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.txt"), "s3cret");
        String external = """
            <!DOCTYPE testsuite [<!ENTITY x SYSTEM "%s">]>
            <testsuite><testcase name="a"><failure>&x;</failure></testcase></testsuite>
            """.formatted(secret.toUri());

        assertThatThrownBy(() -> read(external)).hasMessageContaining("DTD").hasMessageNotContaining("s3cret");
    }

    @Test
    void reports_that_were_there_before_do_not_count() throws Exception {
        Files.writeString(folder.resolve("old.xml"), "<testsuite><testcase name='a'/></testsuite>");

        assertThatThrownBy(this::read)
                .hasMessageContaining("wrote no JUnit XML file to reports")
                .hasMessageContaining("the 1 that were there before it do not count");
    }

    @Test
    void a_folder_that_cannot_be_read_to_its_end_is_trouble_that_says_where() throws Exception {
        // Deeper than a path may be long, made of two halves: not even root can list it by its path.
        shell("d=$(printf 'd%.0s' $(seq 200)); half=$(printf \"$d/%.0s\" $(seq 12));"
                + " mkdir -p a/$half b/$half && mv b a/$half");
        assertThatThrownBy(this::read).isInstanceOf(PawlException.class).hasMessageContaining("Cannot read " + folder);
        shell("rm -rf a");
    }

    private void shell(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isZero();
    }
}
