package dev.pawl.app;

import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Stage 1 by hand: run, change something, run again, list, show, compare. */
class RunCommandsTest {
    @TempDir
    Path temporary;

    @Test
    void runs_are_recorded_listed_shown_and_compared() throws Exception {
        Path project = TinyProject.in(temporary).folder();
        assertThat(pawl(0, "run", "--project", project.toString())).contains("count", "succeeded", "metric");
        Files.writeString(project.resolve("numbers.csv"), "n\n1\n");
        String second = pawl(0, "run", "--project", project.toString(), "--json");
        JsonNode run = Json.tree(second);
        assertThat(run.path("changes").isString()).as("an uncommitted change").isTrue();
        assertThat(run.at("/metrics/count.lines").doubleValue()).isEqualTo(4);

        JsonNode runs = Json.tree(pawl(0, "runs", "--project", project.toString(), "--json"));
        assertThat(runs.size()).isEqualTo(2);
        assertThat(runs.get(0).path("run")).isEqualTo(run.path("run"));
        assertThat(runs.get(1).path("changes").isNull()).isTrue();
        assertThat(runs.get(1).path("commit").stringValue()).matches("[0-9a-f]{40}");

        String id = run.path("run").stringValue();
        assertThat(pawl(0, "show", id, "--project", project.toString()))
                .contains(id.substring(0, 15), "count.unit = rows", "artifact");
        String other = runs.get(1).path("run").stringValue();
        String compared = pawl(0, "compare", id, other, "--project", project.toString());
        assertThat(compared).contains("data numbers", "uncommitted").doesNotContain("parameter");
        assertThat(pawl(2, "show", "run-unknown", "--project", project.toString()))
                .contains("run-unknown");
    }
}
