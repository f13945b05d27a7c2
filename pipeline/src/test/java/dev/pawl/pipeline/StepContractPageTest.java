package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.definition.Definition.OutputType;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.RunId;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page about the step contract says what a command really gets, and what its exit codes do. */
class StepContractPageTest {
    private static final Path PAGE = Path.of("../docs/reference/step-contract.md");

    /** What a shell gives itself. */
    private static final Set<String> OF_THE_SHELL = Set.of("PWD", "OLDPWD", "SHLVL", "_");

    @TempDir
    Path folder;

    @Test
    void step_json_has_the_keys_that_the_page_shows() throws IOException {
        Map<String, Object> shown =
                Json.map(Files.readString(PAGE).split("```json\n")[1].split("```")[0]);
        try (Rig rig = Rig.in(folder).start()) {
            Run run = rig.run(pipeline(
                    rig.step("all", "cp $PAWL_STEP $MARKS/all; echo 1 > ../outputs/all/000000")
                            .givingList(),
                    rig.step("one", "cp $PAWL_STEP $MARKS/one; echo 1 > ../outputs/one")
                            .each("all"),
                    rig.step("end", "cp $PAWL_STEP $MARKS/end").givingNothing().always()));

            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            Set<String> keys = new TreeSet<>();
            for (String step : Set.of("all", "one", "end")) {
                keys.addAll(Json.map(rig.read(step)).keySet());
            }
            assertThat(keys).isEqualTo(new TreeSet<>(shown.keySet()));
            assertThat(Json.map(rig.read("end")).get("outcome")).isEqualTo(Map.of("state", "succeeded", "because", ""));
        }
    }

    @Test
    void a_command_sees_the_variables_that_the_page_names_and_no_others() throws IOException {
        String page = Files.readString(PAGE);
        try (Rig rig = Rig.in(folder).start()) {
            rig.run(pipeline(rig.step("a", "env > $MARKS/env; echo 1 > ../outputs/a")));

            assertThat(rig.read("env")
                            .lines()
                            .map(line -> line.split("=")[0])
                            .filter(name -> !OF_THE_SHELL.contains(name)))
                    .contains("PAWL_PACKAGE", "PAWL_PROCESS")
                    .allSatisfy(name -> assertThat(page).containsPattern("`" + name + "[`=]"));
        }
    }

    @Test
    void the_end_by_a_signal_is_128_and_its_number() throws IOException {
        assertThat(Files.readString(PAGE)).contains("137 (SIGKILL)");
        try (Rig rig = Rig.in(folder).start()) {
            assertThat(rig.run(pipeline(rig.step("a", "kill -KILL $$"))).because())
                    .contains("exit code 137");
            assertThat(rig.run(pipeline(rig.step("b", "kill -TERM $$"))).because())
                    .contains("exit code 143");
        }
    }

    @Test
    void the_step_in_python_runs_as_it_stands_there() throws IOException {
        assumeTrue(
                System.getenv("PAWL_CI") != null || isOnPath("python3"),
                "skipped: python3 is missing, install it so: apt-get install python3-venv");
        String script = Files.readString(PAGE).split("```python\n")[1].split("```")[0];
        try (Rig rig = Rig.in(folder).start()) {
            Rig.write(rig.mark("summary.py"), script);
            RunId id = rig.submit(pipeline(
                    rig.step(
                                    "births",
                                    "printf 'date,births\\n1969-01-01,10\\n1969-01-02,30\\n' > ../outputs/births.csv")
                            .giving(OutputType.TABLE),
                    rig.step("summary", "python3 $MARKS/summary.py")
                            .after("births")
                            .giving(OutputType.REPORT)
                            .parameter("rounds", 3)
                            .parameter("eta", 0.5)));

            assertThat(rig.awaitEnd(id).because()).isEqualTo("2 steps succeeded");
            assertThat(Json.map(rig.output(id, "summary"))).isEqualTo(Map.of("mean", 17.5, "rows", 2));
        }
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }
}
