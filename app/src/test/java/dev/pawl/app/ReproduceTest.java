package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReproduceTest {
    @TempDir
    Path folder;

    private String project() {
        return folder.toString();
    }

    /** @param aside data and a counter, which no package holds */
    private void write(Path aside) throws IOException {
        Files.createDirectories(aside);
        Files.writeString(aside.resolve("numbers.csv"), "n\n1\n2\n");
        Files.writeString(folder.resolve("pawl.yaml"), """
            project: steady
            pipeline:
              steps:
                count:
                  run: |
                    wc -l < "$PAWL_INPUTS/numbers.csv" > "$PAWL_OUTPUTS/lines"
                    echo x >> %1$s/times
                  inputs: { numbers: data.numbers }
                  outputs: { lines: file }
                  parameters: { unit: rows }
                luck:
                  run: |
                    cat %1$s/luck > "$PAWL_OUTPUTS/number"
                    printf '{"name":"luck","value":%%s}\\n' "$(cat %1$s/luck)" >> "$(sed -n 's/.*"metrics" *: *"\\([^"]*\\)".*/\\1/p' "$PAWL_STEP")"
                  inputs: { lines: count }
                  outputs: { number: file }
            data: { numbers: { path: %1$s/numbers.csv } }
            """.formatted(aside));
    }

    @Test
    void a_run_is_made_again_from_its_own_data_and_not_from_the_cache(@TempDir Path aside) throws IOException {
        write(aside);
        Files.writeString(aside.resolve("luck"), "7");
        JsonNode run = json(0, "run", "--project", project());
        String id = run.path("run").stringValue();
        Files.writeString(aside.resolve("numbers.csv"), "n\nthe source has changed\n");
        Files.writeString(folder.resolve("pawl.yaml"), "project: broken since then");

        assertThat(pawl(0, "reproduce", id, "--project", project())).contains("succeeded", "all equal");

        assertThat(Files.readString(aside.resolve("times"))).isEqualTo("x\nx\n");
        JsonNode again = json(0, "runs", "--project", project()).get(0);
        assertThat(again.path("data")).isEqualTo(run.path("data"));
        assertThat(again.path("as_of")).isEqualTo(run.path("as_of"));
        assertThat(again.path("parameters")).isEqualTo(run.path("parameters"));
    }

    @Test
    void what_differs_is_shown(@TempDir Path aside) throws IOException {
        write(aside);
        Files.writeString(aside.resolve("luck"), "7");
        String id = json(0, "run", "--project", project()).path("run").stringValue();
        Files.writeString(aside.resolve("luck"), "9");

        assertThat(pawl(1, "reproduce", id, "--project", project()))
                .contains("output      luck.number: sha256:", "metric      luck.luck: 7.0 became 9.0, differs by 2.0")
                .contains("something differs")
                .doesNotContain("count.lines");
        JsonNode differences = json(1, "reproduce", id, "--project", project());
        assertThat(differences.at("/metrics/0/largest").doubleValue()).isEqualTo(2);
        assertThat(differences.path("environment").isEmpty()).isTrue();
        assertThat(pawl(2, "reproduce", "run-z", "--project", project())).contains("There is no run");
    }
}
