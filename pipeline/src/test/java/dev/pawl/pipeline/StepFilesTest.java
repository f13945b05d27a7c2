package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.DataSource;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that name which files of the package they are. */
class StepFilesTest {
    private static final String PRINT = "cat %s > ../outputs/%s";

    @TempDir
    Path folder;

    private Rig rig;

    @BeforeEach
    void start() {
        rig = Rig.in(folder).start();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    private RunId run(Definition definition, Map<String, String> files) {
        RunId id = rig.submit(definition, rig.packageOf(files), Optional.empty());
        rig.awaitEnd(id);
        return id;
    }

    private Definition twoScripts() {
        return pipeline(
                rig.step("a", PRINT.formatted("a.sh lib/x/y.sh", "a")).files("a.sh", "lib/"),
                rig.step("b", "ls > ../outputs/b").files("[bc].sh"),
                rig.step("c", PRINT.formatted("a.sh", "c")));
    }

    @Test
    void a_file_that_changes_concerns_only_steps_that_name_it() {
        Map<String, String> files = Map.of("a.sh", "1", "b.sh", "2", "lib/x/y.sh", "3", "README", "4");
        run(twoScripts(), files);

        var readme = run(twoScripts(), with(files, "README", "other"));
        assertThat(rig.states(readme))
                .isEqualTo(Map.of("a", StepState.CACHED, "b", StepState.CACHED, "c", StepState.SUCCEEDED));

        var lib = run(twoScripts(), with(files, "lib/x/y.sh", "other"));
        assertThat(rig.states(lib))
                .isEqualTo(Map.of("a", StepState.SUCCEEDED, "b", StepState.CACHED, "c", StepState.SUCCEEDED));
        assertThat(rig.output(lib, "a")).isEqualTo("1other");
        assertThat(new Why(rig.store()).of(rig.stepOf(lib, "a")).differences())
                .singleElement()
                .asString()
                .matches("file 'lib/x/y.sh' changed from [0-9a-f]{12} to [0-9a-f]{12}");

        var renamed = run(twoScripts(), Map.of("a.sh", "1", "c.sh", "2", "lib/x/y.sh", "3"));
        assertThat(rig.states(renamed)).containsEntry("b", StepState.SUCCEEDED);
        assertThat(new Why(rig.store()).of(rig.stepOf(renamed, "b")).differences())
                .containsExactly("file 'b.sh' is gone", "file 'c.sh' is new");
    }

    @Test
    void pawl_yaml_and_the_data_are_no_code() {
        var numbers = new DataSource("./data/numbers.csv", Optional.empty(), Duration.ZERO);
        Definition definition =
                pipeline(Map.of("numbers", numbers), rig.step("a", "find -L . -type f | sort > ../outputs/a"));
        Map<String, String> files =
                Map.of("pawl.yaml", "1", "data/numbers.csv", "n\n1\n", "data/other.csv", "2", "a.sh", "3");
        RunId first = run(definition, files);
        assertThat(rig.output(first, "a")).isEqualTo("./a.sh\n./data/other.csv\n");

        RunId edited = run(definition, with(with(files, "pawl.yaml", "1 # why"), "data/numbers.csv", "n\n1\n2\n"));
        assertThat(rig.states(edited)).isEqualTo(Map.of("a", StepState.CACHED));

        RunId changed = run(definition, with(files, "data/other.csv", "4"));
        assertThat(rig.states(changed)).isEqualTo(Map.of("a", StepState.SUCCEEDED));
        assertThat(new Why(rig.store()).of(rig.stepOf(changed, "a")).differences())
                .singleElement()
                .asString()
                .startsWith("file 'data/other.csv' changed from ");
    }

    @Test
    void what_an_input_is_called_counts() {
        Map<String, String> files = Map.of("a.sh", "1");
        run(
                pipeline(
                        rig.step("a", "echo '{}' > ../outputs/a"),
                        rig.step("b", "ls ../inputs > ../outputs/b").after("a")),
                files);
        RunId typed = run(
                pipeline(
                        rig.step("a", "echo '{}' > ../outputs/a.json").giving(OutputType.RECORD),
                        rig.step("b", "ls ../inputs > ../outputs/b").after("a")),
                files);
        assertThat(rig.states(typed)).containsEntry("b", StepState.SUCCEEDED);
        assertThat(rig.output(typed, "b")).isEqualTo("a.json\n");
    }

    @Test
    void where_a_package_is_damaged_why_tells_what_is_known_without() throws IOException {
        Map<String, String> files = Map.of("a.sh", "1");
        Definition definition = pipeline(rig.step("a", PRINT.formatted("a.sh", "a")));
        RunId first = run(definition, files);
        RunId second = run(definition, Map.of("a.sh", "2"));
        Files.writeString(rig.object(rig.orchestrator().runs().run(first).spec().packageDigest()), "[]");

        assertThat(new Why(rig.store()).of(rig.stepOf(second, "a")).differences())
                .singleElement()
                .asString()
                .startsWith("its code changed: ");
    }

    @Test
    void a_step_does_not_see_what_it_does_not_name() {
        Map<String, String> files =
                Map.of("a.sh", "cat \"$(dirname \"$(realpath \"$0\")\")/lib/b.sh\"", "lib/b.sh", "2");

        var alone = run(pipeline(rig.step("a", "sh a.sh > ../outputs/a").files("a.sh")), files);
        assertThat(rig.states(alone)).isEqualTo(Map.of("a", StepState.FAILED));
        var shared = run(
                pipeline(rig.step("a", "cat $PAWL_PACKAGE/lib/b.sh > ../outputs/a")
                        .files("a.sh")),
                files);
        assertThat(rig.states(shared)).isEqualTo(Map.of("a", StepState.FAILED));

        var both = run(pipeline(rig.step("a", "sh a.sh > ../outputs/a").files("a.sh", "lib/*.sh")), files);
        assertThat(rig.output(both, "a")).isEqualTo("2");
    }

    @Test
    void what_a_step_writes_beside_its_code_stays_its_own() {
        String write =
                "! test -e lib/new && echo 1 > lib/new && rm lib/b.sh && echo 3 > lib/b.sh && cp lib/b.sh ../outputs/";
        Map<String, String> files = Map.of("lib/b.sh", "2");

        Digest packed = rig.packageOf(files);
        for (String step : new String[] {"a", "b", "c"}) {
            RunId id = rig.submit(pipeline(rig.step(step, write + step)), packed, Optional.empty());
            rig.awaitEnd(id);
            assertThat(rig.states(id)).isEqualTo(Map.of(step, StepState.SUCCEEDED));
        }
        var after = rig.submit(pipeline(rig.step("d", PRINT.formatted("lib/b.sh", "d"))), packed, Optional.empty());
        rig.awaitEnd(after);
        assertThat(rig.output(after, "d")).isEqualTo("2");
    }

    private static Map<String, String> with(Map<String, String> files, String name, String content) {
        var changed = new TreeMap<>(files);
        changed.put(name, content);
        return changed;
    }
}
