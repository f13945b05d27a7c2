package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.ci.Coverage.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageFileTest {
    @TempDir
    Path folder;

    private Optional<Coverage> read(String name, String content) throws IOException {
        return new CoverageFile(Files.writeString(folder.resolve(name), content), name).read();
    }

    @Test
    void of_jacoco_the_totals_are_read_and_its_dtd_is_not() throws Exception {
        assertThat(read("jacoco.xml", """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE report PUBLIC "-//JACOCO//DTD Report 1.1//EN" "report.dtd">
            <report name="births"><package name="a"><counter type="LINE" missed="99" covered="0"/></package>
            <counter type="INSTRUCTION" missed="5" covered="5"/>
            <counter type="BRANCH" missed="1" covered="3"/><counter type="LINE" missed="20" covered="60"/></report>
            """))
                .hasValue(new Coverage(new Share(60, 80), Optional.of(new Share(3, 4)), "jacoco.xml"));
    }

    @Test
    void a_dtd_that_would_read_another_file_reads_nothing() throws Exception {
        Files.writeString(folder.resolve("secret"), "60");

        assertThat(read("jacoco.xml", """
            <!DOCTYPE report [<!ENTITY x SYSTEM "file://%s">]>
            <report><name>&x;</name><counter type="LINE" missed="20" covered="&x;"/></report>
            """.formatted(folder.resolve("secret")))).isEmpty();
    }

    @Test
    void of_csv_the_classes_are_added_up() throws Exception {
        assertThat(read("jacoco.csv", """
            GROUP,PACKAGE,CLASS,BRANCH_MISSED,BRANCH_COVERED,LINE_MISSED,LINE_COVERED
            g,p,A,0,0,1,2
            g,p,B,1,1,0,7
            """))
                .hasValue(new Coverage(new Share(9, 10), Optional.of(new Share(1, 2)), "jacoco.csv"));
    }

    @Test
    void both_forms_of_coverage_py_are_read() throws Exception {
        var coverage = new Coverage(new Share(8, 10), Optional.empty(), "");

        assertThat(read("coverage.xml", "<coverage lines-valid='10' lines-covered='8' line-rate='0.8'/>"))
                .hasValueSatisfying(it -> assertThat(it.lines()).isEqualTo(coverage.lines()));
        assertThat(read("coverage.json", "{\"totals\":{\"covered_lines\":8,\"num_statements\":10}}"))
                .hasValueSatisfying(it -> assertThat(it.lines()).isEqualTo(coverage.lines()));
    }

    @Test
    void what_is_none_is_left_out() throws Exception {
        assertThat(read("coverage.xml", "<html/>")).isEmpty();
        assertThat(read("coverage.xml", "<coverage lines-valid='1' lines-covered='x'/>"))
                .isEmpty();
        assertThat(read("coverage.xml", "<coverage lines-valid='1' lines-covered='2'/>"))
                .isEmpty();
        assertThat(read("coverage.json", "[]")).isEmpty();
        assertThat(read("coverage.json", "{}")).isEmpty();
        assertThat(read("jacoco.csv", "")).isEmpty();
    }
}
