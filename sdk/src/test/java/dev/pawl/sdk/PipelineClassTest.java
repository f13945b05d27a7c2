package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PipelineClassTest {
    @TempDir
    Path folder;

    @Test
    void steps_come_after_those_they_depend_on_and_else_by_name() {
        assertThat(PipelineClass.of(Pizza.class).steps())
                .extracting(PipelineStep::name)
                .containsExactly("dough", "oven", "slice", "taste");
    }

    static final class Unknown {
        @Step
        Table ingest(@Source("births") Path csv) {
            return Table.read(csv);
        }

        @Step
        Model train(Table ingst, Report ingest) {
            return Model.of(new byte[ingst.rows() + ingest.values().size()]);
        }
    }

    @Test
    void an_input_that_no_step_gives_is_named_with_what_to_do() {
        assertThat(LoadProblems.of(Unknown.class))
                .containsExactly(
                        Unknown.class.getName() + ".train: parameter 'ingst' names no step (there are [ingest, train]):"
                                + " name it after the step whose output it takes, or mark it @From, @Source"
                                + " or @Param",
                        Unknown.class.getName()
                                + ".train: parameter 'ingest' is a Report, but step ingest gives a Table:"
                                + " use that type, or Path for the bare file");
    }

    static final class Cycle {
        @Step
        Table egg(Table hen) {
            return hen;
        }

        @Step
        Table hen(Table egg) {
            return egg;
        }

        @Step
        Table omelette(Table egg) {
            return egg;
        }
    }

    @Test
    void a_cycle_is_found() {
        assertThat(LoadProblems.of(Cycle.class))
                .containsExactly(Cycle.class.getName()
                        + ": steps [egg, hen, omelette] depend on each other in a cycle, or on steps that do:"
                        + " break it");
    }

    abstract static class Wrong {
        @Step
        @SuppressWarnings("UnusedMethod")
        private List<Object> names(
                @Source("") Path source,
                @Source("births") String text,
                Integer boxed,
                @Param float ratio,
                @Source("x") @Param int both) {
            return List.of(source + text + boxed + ratio + both);
        }

        @Step
        Table twice(
                @Param(defaultValue = "many") int count,
                @Param(min = 1, defaultValue = "0") int low,
                @Param(min = 2, max = 1) double none,
                @Param(min = 1) String ranged,
                @Param(defaultValue = {"1", "2"}) long two) {
            return Table.builder()
                    .numbers(ranged, count, low, none, (double) two)
                    .build();
        }

        @Step
        Table twice(Metrics metrics) {
            metrics.log("x", 1);
            return Table.builder().build();
        }
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        String name = Wrong.class.getName();
        assertThat(LoadProblems.of(Wrong.class))
                .containsExactly(
                        name + ": must be a class that can be made with a constructor without parameters",
                        name + ".twice: 2 steps have this name: rename all but one",
                        name
                                + ".names: is private: a step must be callable by its tests, so make it"
                                + " package-private or public",
                        name
                                + ".names: parameter 'source' is a @Source without a name: give the name under 'data'"
                                + " in pawl.yaml",
                        name + ".names: parameter 'text' is a @Source of type String: a source is a Path",
                        name
                                + ".names: parameter 'boxed' has the type Integer: use Table, Model, Report, Path, a"
                                + " record, or a List or Optional of one, for the output of a step, mark a scalar @From"
                                + " or @Param, or ask for Metrics, Workspace or Outcome",
                        name
                                + ".names: parameter 'ratio' is a @Param of type float: use int, long, double, String"
                                + " or boolean",
                        name + ".names: parameter 'both' is both @Source and @Param: decide for one",
                        name
                                + ".names: returns List<Object>: return Table, Model, Report, Path, a record, int,"
                                + " long, double, boolean or String, a List of one of these, or nothing",
                        name + ".twice: parameter 'count' has the default 'many', which is no int",
                        name + ".twice: parameter 'low' has the default 0, which is not from 1.0 to Infinity",
                        name + ".twice: parameter 'none' has a min of 2.0 and a max of 1.0: no value fits",
                        name
                                + ".twice: parameter 'ranged' has a min or max, but is a string: only numbers have a"
                                + " range",
                        name + ".twice: parameter 'two' has 2 defaults: give one");
    }

    @Test
    void a_class_without_steps_is_no_pipeline() {
        assertThat(LoadProblems.of(Object.class))
                .containsExactly("java.lang.Object: has no step: mark a method with @Step");
    }

    @Test
    void a_class_compiled_without_names_of_parameters_says_how_to_compile_it() throws Exception {
        try (URLClassLoader loader =
                compiled("class Nameless { @dev.pawl.sdk.Step dev.pawl.sdk.Table x(@dev.pawl.sdk.Param int a) { return"
                        + " null; } }")) {
            assertThat(LoadProblems.of(loader.loadClass("Nameless")))
                    .singleElement()
                    .asString()
                    .contains("Nameless.x", "compile with -parameters", "<maven.compiler.parameters>true");
        }
    }

    private URLClassLoader compiled(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Nameless.java"), source);
        String classPath = System.getProperty("java.class.path");
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, "-d", folder.toString(), file.toString());
        assertThat(failed).isZero();
        return new URLClassLoader(new URL[] {folder.toUri().toURL()});
    }
}
