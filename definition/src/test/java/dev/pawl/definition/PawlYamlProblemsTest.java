package dev.pawl.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PawlYamlProblemsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource
    void a_broken_class_pipeline_is_refused_with_the_place_and_the_reason(YamlBreaks.Break broken) {
        assertProblem(YamlExamples.ofClass(), broken);
    }

    static Stream<YamlBreaks.Break> a_broken_class_pipeline_is_refused_with_the_place_and_the_reason() {
        return YamlBreaks.ofClass().stream();
    }

    @ParameterizedTest
    @MethodSource
    void a_broken_command_pipeline_is_refused_with_the_place_and_the_reason(YamlBreaks.Break broken) {
        assertProblem(YamlExamples.ofCommands(), broken);
    }

    static Stream<YamlBreaks.Break> a_broken_command_pipeline_is_refused_with_the_place_and_the_reason() {
        return YamlBreaks.ofCommands().stream();
    }

    private void assertProblem(String good, YamlBreaks.Break broken) {
        assertThatThrownBy(() -> YamlExamples.repository(folder, broken.in(good)))
                .isInstanceOfSatisfying(PawlException.class, e -> {
                    assertThat(e.code()).isEqualTo("bad-pawl-yaml");
                    assertThat(e.text().lines()).containsExactlyElementsOf(broken.problems());
                });
    }

    @ParameterizedTest
    @MethodSource("dev.pawl.definition.YamlBreaks#notYaml")
    void what_is_no_such_yaml_is_refused_with_the_line(YamlBreaks.Text text) {
        assertThatThrownBy(() -> YamlExamples.repository(folder, text.yaml()))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining(text.problem());
    }

    @Test
    void all_problems_are_reported_at_once_in_the_order_of_the_file() {
        String text = YamlExamples.ofCommands()
                .replace("project: births", "project: Births")
                .replace("features: features,", "features: feature,")
                .replace("timeout: 30m", "timeout: 30")
                .replace("path: data/births.csv", "path: data/birth.csv");
        assertThatThrownBy(() -> YamlExamples.repository(folder, text)).hasMessage("""
            pawl.yaml:2:10: project: 'Births' is not a name of lower-case letters, digits, - and _, 63 at the most
            pawl.yaml:7:45: pipeline.steps.train.inputs.features: nothing is called 'feature'; did you mean 'features'?
            pawl.yaml:10:16: pipeline.steps.train.timeout: '30' is not a duration such as 500ms, 10s, 2m, 3h or 14d, longer than nothing
            pawl.yaml:18:19: data.births.path: the repository has no file 'data/birth.csv'; data elsewhere needs an absolute path\
            """);
    }

    @Test
    void very_many_problems_are_counted() {
        var keys = new StringBuilder(YamlExamples.ofCommands());
        for (int i = 0; i < 150; i++) {
            keys.append("unknown").append(i).append(": 1\n");
        }
        assertThatThrownBy(() -> YamlExamples.repository(folder, keys.toString()))
                .message()
                .endsWith("... and 50 more")
                .hasLineCount(101);
    }

    @Test
    void a_repository_without_the_file_is_told_so() {
        assertThatThrownBy(() -> PawlYaml.read(folder))
                .hasMessage("pawl.yaml:1:1: there is no such file in " + folder + "; every project has one");
    }

    @Test
    void links_do_not_lead_out_of_the_repository() throws IOException {
        Path outside = Files.writeString(folder.resolve("secret.csv"), "a,b\n");
        Path repository = Files.createDirectories(folder.resolve("repository"));
        Files.createSymbolicLink(repository.resolve("link.csv"), outside);
        String linked = YamlExamples.ofCommands().replace("path: data/births.csv", "path: link.csv");
        assertThatThrownBy(() -> YamlExamples.repository(repository, linked))
                .hasMessageStartingWith("pawl.yaml:18:19: data.births.path: the repository has no file 'link.csv'");

        Files.delete(repository.resolve(PawlYaml.FILE));
        Files.createSymbolicLink(repository.resolve(PawlYaml.FILE), outside);
        assertThatThrownBy(() -> PawlYaml.read(repository)).hasMessageContaining("there is no such file");
    }

    @Test
    void a_file_that_is_too_large_or_not_utf_8_is_refused() {
        assertThatThrownBy(() -> YamlExamples.repository(folder, "#".repeat((1 << 20) + 1)))
                .hasMessage("pawl.yaml:1:1: is larger than 1 MB");
        byte[] latin = "project: births\n# caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> YamlExamples.repository(folder, latin))
                .hasMessage("pawl.yaml:2:1: has bytes that are not UTF-8");
    }
}
