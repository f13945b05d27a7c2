package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pawl run} with other parameters, and with some of the steps. */
class RunVariationTest {
    private PawlCommand pawl;

    @BeforeEach
    void project(@TempDir Path temporary) throws Exception {
        pawl = new PawlCommand(TinyProject.in(temporary).folder());
    }

    @Test
    void a_given_parameter_is_used_and_recorded() {
        var run = pawl.json("run", "--param", "count.unit=lines");

        assertThat(run.at("/parameters/count.unit").stringValue()).isEqualTo("lines");
        assertThat(run.at("/variation/parameters/count.unit").stringValue()).isEqualTo("lines");
        assertThat(pawl.prints("show", run.path("run").stringValue())).contains("count.unit = lines (given)");
        assertThat(pawl.json("run").at("/variation/parameters").size()).isZero();
    }

    @Test
    void what_is_no_parameter_or_no_step_is_explained() {
        assertThat(pawl.exits(2, "run", "-p", "count.unti=x"))
                .contains("no step has a parameter 'count.unti'; did you mean 'count.unit'?");
        assertThat(pawl.exits(2, "run", "-p", "depth=3")).contains("known here: unit");
        assertThat(pawl.exits(2, "run", "-p", "unit")).contains("STEP.NAME=VALUE");
        assertThat(pawl.exits(2, "run", "--only", "cuont")).contains("no step 'cuont'; did you mean 'count'?");
    }

    @Test
    void only_the_wanted_steps_run_on_what_is_there_already() {
        var whole = pawl.json("run");
        var report = pawl.json("run", "--only", "report");
        var count = pawl.json("run", "--only", "count", "--param", "unit=other");

        assertThat(whole.path("steps").size()).isEqualTo(2);
        assertThat(report.path("steps")
                        .valueStream()
                        .map(step -> step.path("state").stringValue()))
                .containsExactly("CACHED", "CACHED");
        assertThat(count.path("steps")
                        .valueStream()
                        .map(step -> step.path("name").stringValue()))
                .containsExactly("count");
        assertThat(count.at("/variation/only/0").stringValue()).isEqualTo("count");
    }

    @Test
    void what_others_read_from_the_outside_world_is_taken_from_the_newest_run_that_succeeded(@TempDir Path temporary)
            throws Exception {
        var project = new PawlCommand(temporary);
        Path world = temporary.resolve("world");
        String yaml = """
            project: outside
            pipeline:
              steps:
                download:
                  run: |
                    echo x >> %1$s
                    wc -l < %1$s > "$PAWL_OUTPUTS/rows"
                    echo '{"name":"rows","value":7}' >> "$PAWL_METRICS"
                  outputs: { rows: file }
                  parameters: { day: mon }
                  cache: false
                copy: { run: 'cp "$PAWL_INPUTS/rows" "$PAWL_OUTPUTS/copy"', inputs: { rows: download }, outputs: { copy: file } }
                count: { run: 'wc -c < "$PAWL_INPUTS/copy" > "$PAWL_OUTPUTS/n"', inputs: { copy: copy }, outputs: { n: file } }
            """.formatted(world);
        Files.writeString(temporary.resolve("pawl.yaml"), yaml);

        project.json("run", "--only", "count");
        assertThat(world).as("there is no earlier run").hasContent("x");
        var whole = project.run();
        assertThat(world).content().hasLineCount(2);
        Files.writeString(temporary.resolve("pawl.yaml"), yaml.replace("wc -c", "wc"));

        assertThat(project.prints("run", "--only", "count"))
                .contains("download is not cached: what it gave in " + whole + " is used");
        var only = project.json("run", "--only", "count");
        assertThat(world).content().hasLineCount(2);
        assertThat(only.at("/steps/0/state").stringValue()).isEqualTo("CACHED");
        assertThat(only.at("/metrics/download.rows").intValue()).isEqualTo(7);
        assertThat(project.prints("why", "download")).contains("taken over from run");

        project.json("run", "--only", "count", "--param", "day=tue");
        assertThat(world)
                .as("with another parameter it is another step")
                .content()
                .hasLineCount(3);
        project.json("run", "--only", "download", "count");
        assertThat(world).as("it was asked for").content().hasLineCount(4);
        project.json("run", "--only", "count", "--as-of", "2020-01-01");
        assertThat(world).as("no run has seen that day").content().hasLineCount(5);
        project.json("run", "--only", "count", "--as-of", "2020-01-01");
        assertThat(world).content().hasLineCount(5);
        Files.writeString(
                temporary.resolve("pawl.yaml"),
                yaml.replace("project: outside", "project: outside\ndata: { other: { path: pawl.yaml } }"));
        project.json("run", "--only", "count");
        assertThat(world).as("data are declared otherwise").content().hasLineCount(6);
    }
}
