package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// One formatter for all Java, so that nobody discusses it.
class FormatTest {
    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    @Test
    void every_java_file_is_as_the_formatter_writes_it() throws IOException {
        List<Path> wrong = Repository.files(".java").parallelStream()
                .filter(file -> !formatted(file).equals(Repository.read(file)))
                .toList();
        if (System.getProperty("format", "check").equals("write")) {
            for (Path file : wrong) {
                Files.writeString(file, formatted(file));
            }
            return;
        }
        assertThat(wrong.stream().map(Repository::name))
                .as("not formatted; this writes them anew: "
                        + "./mvnw -q -pl house test -Dtest=FormatTest -Dformat=write (after ./mvnw install)")
                .isEmpty();
    }

    @Test
    void a_file_in_another_form_is_found() throws FormatterException {
        String ugly = "package a;\nimport java.util.Map;\nclass A{int  x;}\n";
        assertThat(FORMATTER.formatSourceAndFixImports(ugly)).isEqualTo("""
            package a;

            class A {
                int x;
            }
            """);
    }

    private static String formatted(Path file) {
        try {
            return FORMATTER.formatSourceAndFixImports(Repository.read(file));
        } catch (FormatterException e) {
            throw new AssertionError(Repository.name(file) + " cannot be parsed: " + e.getMessage(), e);
        }
    }
}
