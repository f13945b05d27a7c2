package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

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
}
