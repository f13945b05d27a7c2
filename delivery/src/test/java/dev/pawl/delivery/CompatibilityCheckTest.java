package dev.pawl.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompatibilityCheckTest {
    private static final long GIBIBYTE = 1L << 30;

    @Test
    void a_pipeline_that_requires_nothing_runs_anywhere() {
        assertThat(check(new Environment.Requirements(0, 0, List.of()), Map.of()))
                .isEmpty();
    }

    @Test
    void everything_is_asked_and_answered_for_itself() {
        var requires = new Environment.Requirements(26, 16 * GIBIBYTE, List.of("git", "nvidia-smi"));
        Map<String, String> data = Map.of("births", "/data/births.csv", "weather", "/data/weather.csv");
        assertThat(check(requires, data))
                .containsExactly(
                        new CompatibilityItem("java", "26 or newer", "25", false),
                        new CompatibilityItem("memory", "16384 MiB", "8192 MiB", false),
                        new CompatibilityItem("command git", "on the PATH", "on the PATH", true),
                        new CompatibilityItem("command nvidia-smi", "on the PATH", "not on the PATH", false),
                        new CompatibilityItem("data births", "a file /data/births.csv", "the file", true),
                        new CompatibilityItem(
                                "data weather", "a file /data/weather.csv", "no file to read there", false));
    }

    @Test
    void exactly_enough_is_enough() {
        var requires = new Environment.Requirements(25, 8 * GIBIBYTE, List.of());
        assertThat(check(requires, Map.of())).allMatch(CompatibilityItem::ok).hasSize(2);
    }

    @Test
    void what_one_step_may_take_is_needed_whatever_the_environment_requires() {
        Definition plain = Births.definition(new Environment.Requirements(0, GIBIBYTE, List.of()));
        Definition greedy = withResources(plain, new Definition.Resources(16 * GIBIBYTE, 8, 2, Optional.empty()));
        assertThat(CompatibilityCheck.of(greedy, greedy.environment(Births.DEV), Machines.ROOMY))
                .containsExactly(
                        new CompatibilityItem("memory", "16384 MiB", "8192 MiB", false),
                        new CompatibilityItem("cpus", "8", "4", false),
                        new CompatibilityItem("accelerators", "2", "1", false));
    }

    @Test
    void relative_data_lies_in_the_package() {
        assertThat(check(new Environment.Requirements(0, 0, List.of()), Map.of("births", "data/births.csv")))
                .isEmpty();
    }

    @Test
    void this_machine_has_java_memory_and_a_shell() {
        Target machine = Target.thisMachine();
        assertThat(machine.javaVersion()).isGreaterThanOrEqualTo(25);
        assertThat(machine.memoryBytes()).isGreaterThan(100L << 20);
        assertThat(machine.hasCommand("sh")).isTrue();
        assertThat(machine.hasCommand("no-such-command-here")).isFalse();
        assertThat(machine.hasFile(Path.of("pom.xml"))).isTrue();
        assertThat(machine.hasFile(Path.of("src"))).isFalse();
    }

    @Test
    void accelerators_are_counted_by_their_devices(@TempDir Path devices) throws IOException {
        AcceleratorDevices machine = new AcceleratorDevices(devices);
        assertThat(machine.count()).isZero();
        for (String name : List.of("nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm", "dri/card0", "dri/renderD128")) {
            Files.createDirectories(devices.resolve(name).getParent());
            Files.createFile(devices.resolve(name));
        }
        assertThat(machine.count()).as("the rendering one is one of both").isEqualTo(2);
        for (String name : List.of("renderD129", "renderD130")) {
            Files.createFile(devices.resolve("dri").resolve(name));
        }
        assertThat(machine.count()).isEqualTo(3);
        assertThat(new AcceleratorDevices(devices.resolve("none")).count()).isZero();
    }

    private static Definition withResources(Definition plain, Definition.Resources resources) {
        Definition.StepRules usual = Definition.StepRules.usual();
        var rules = new Definition.StepRules(
                usual.when(),
                usual.always(),
                usual.retry(),
                usual.timeout(),
                usual.cache(),
                resources,
                usual.pool(),
                usual.secrets(),
                usual.tags());
        return new Definition(
                plain.project(),
                plain.steps().stream()
                        .map(step -> new Definition.Step(
                                step.name(), step.command(), step.inputs(), step.parameters(), step.outputs(), rules))
                        .toList(),
                plain.rules(),
                new TreeMap<>(),
                plain.ci(),
                plain.environments(),
                plain.triggers(),
                plain.model(),
                plain.monitor(),
                plain.sweeps());
    }

    private static List<CompatibilityItem> check(Environment.Requirements requires, Map<String, String> data) {
        Definition plain = Births.definition(requires);
        var sources = new TreeMap<String, Definition.DataSource>();
        data.forEach(
                (name, path) -> sources.put(name, new Definition.DataSource(path, Optional.empty(), Duration.ZERO)));
        Definition definition = new Definition(
                plain.project(),
                plain.steps(),
                plain.rules(),
                sources,
                plain.ci(),
                plain.environments(),
                plain.triggers(),
                plain.model(),
                plain.monitor(),
                plain.sweeps());
        return CompatibilityCheck.of(definition, definition.environment(Births.DEV), Machines.ROOMY);
    }
}
