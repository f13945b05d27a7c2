package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeMainTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void a_plain_pipeline_is_described_as_in_the_contract() {
        assertThat(describe(Pizza.class.getName(), out())).isZero();

        assertThat(folder.resolve("out.json")).hasContent("""
            {"contract":2,"class":"dev.pawl.sdk.Pizza","steps":[\
            {"name":"dough","class":"dev.pawl.sdk.Pizza","method":"dough","inputs":{},"sources":{"csv":"flour"},\
            "secrets":{},"parameters":{\
            "rows":{"type":"int","default":2,"min":1.0,"max":10.0},\
            "yeast":{"type":"long","default":9000000000},\
            "salt":{"type":"double","min":0.0},\
            "kind":{"type":"string","default":"wheat"},\
            "wholemeal":{"type":"boolean","default":false}},\
            "output":{"name":"dough","type":"table","list":false}},\
            {"name":"oven","class":"dev.pawl.sdk.Pizza","method":"oven",\
            "inputs":{"dough":{"step":"dough","each":false,"optional":false,"list":false}},"sources":{},"secrets":{},\
            "parameters":{"fate":{"type":"string","default":"fine"}},\
            "output":{"name":"oven","type":"model","list":false}},\
            {"name":"slice","class":"dev.pawl.sdk.Pizza","method":"slice",\
            "inputs":{"oven":{"step":"oven","each":false,"optional":false,"list":false}},"sources":{},"secrets":{},\
            "parameters":{},"output":{"name":"slice","type":"file","list":false}},\
            {"name":"taste","class":"dev.pawl.sdk.Pizza","method":"taste",\
            "inputs":{"slice":{"step":"slice","each":false,"optional":false,"list":false},\
            "oven":{"step":"oven","each":false,"optional":false,"list":false},\
            "dough":{"step":"dough","each":false,"optional":false,"list":false}},"sources":{},"secrets":{},\
            "parameters":{},"output":{"name":"taste","type":"report","list":false}}]}
            """);
    }

    @Test
    void lists_elements_optional_inputs_secrets_and_docs_are_described() {
        assertThat(step("bake"))
                .containsEntry("inputs", Map.of("recipe", input("recipes", true, false, false)))
                .containsEntry(
                        "parameters",
                        Map.of(
                                "yield",
                                Map.of("type", "double", "default", 0.9, "min", 0.0, "max", 1.0, "doc", "share left")))
                .containsEntry("output", Map.of("name", "bake", "type", "record", "list", false));
        assertThat(step("recipes")).containsEntry("output", Map.of("name", "recipes", "type", "record", "list", true));
        assertThat(step("weight")).containsEntry("inputs", Map.of("bake", input("bake", false, false, true)));
        assertThat(step("label"))
                .containsEntry(
                        "inputs",
                        Map.of(
                                "weight", input("weight", false, false, false),
                                "praise", input("praise", false, true, false)))
                .containsEntry("secrets", Map.of("key", "shop-key"));
        assertThat(step("box")).containsEntry("output", Map.of("name", "box", "type", "folder", "list", false));
        assertThat(step("clean")).doesNotContainKey("output").containsEntry("always", true);
    }

    @Test
    void the_rules_of_a_step_are_described_as_far_as_they_say_something() {
        assertThat(step("bake"))
                .containsEntry(
                        "retry",
                        Map.of(
                                "attempts",
                                3L,
                                "backoff",
                                "1s",
                                "factor",
                                3.0,
                                "longest",
                                "5s",
                                "on",
                                List.of("timeout", "java.io.IOException")))
                .containsEntry("timeout", "10m")
                .containsEntry("cache", false)
                .containsEntry("memory", "2GB")
                .containsEntry("cpus", 2L)
                .containsEntry("cpu_time", "5m")
                .containsEntry("pool", "ovens")
                .containsEntry("tags", List.of("hot", "slow"))
                .containsEntry("doc", "One loaf for each recipe.");
        assertThat(step("praise")).containsEntry("when", "weight > 1.5 and loud");
        assertThat(step("weight"))
                .containsOnlyKeys("name", "class", "method", "inputs", "sources", "secrets", "parameters", "output");
    }

    @Test
    void the_steps_of_a_nested_class_have_its_field_before_their_names() {
        assertThat(step("shop-discount"))
                .containsEntry("class", "dev.pawl.sdk.Bakery$Shop")
                .containsEntry("method", "discount")
                .containsEntry("inputs", Map.of("price", input("shop-price", false, false, false)))
                .containsEntry("output", Map.of("name", "discount", "type", "value", "list", false));
        assertThat(step("shop-price")).containsEntry("inputs", Map.of("grams", input("weight", false, false, false)));
        assertThat(step("bill")).containsEntry("inputs", Map.of("percent", input("shop-discount", false, true, false)));
    }

    @Test
    void an_unusable_class_exits_2_with_every_problem_on_a_line() {
        assertThat(describe(PipelineClassTest.Unknown.class.getName(), out())).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(2);
        assertThat(folder.resolve("out.json")).doesNotExist();
    }

    @Test
    void wrong_arguments_exit_2_and_say_what_to_do() {
        assertThat(describe("example.Absent", out())).isEqualTo(2);
        assertThat(describe("one")).isEqualTo(2);
        assertThat(describe(
                        Pizza.class.getName(),
                        folder.resolve("no/such/out.json").toString()))
                .isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).contains("no class example.Absent", "check pipeline.class"),
                        line -> assertThat(line).isEqualTo("Usage: DescribeMain <pipelineClass> <outFile>"),
                        line -> assertThat(line).startsWith("Cannot write the description to " + folder));
    }

    private static Map<String, Object> input(String step, boolean each, boolean optional, boolean list) {
        return Map.of("step", step, "each", each, "optional", optional, "list", list);
    }

    /** What is said of a step of {@link Bakery}. */
    private Map<String, Object> step(String name) {
        assertThat(describe(Bakery.class.getName(), out())).isZero();
        Map<String, Object> said = new LinkedHashMap<>();
        if (Json.read(folder.resolve("out.json")) instanceof Map<?, ?> json
                && json.get("steps") instanceof List<?> all) {
            all.stream()
                    .map(step -> (Map<?, ?>) step)
                    .filter(step -> name.equals(step.get("name")))
                    .forEach(step -> step.forEach((key, value) -> said.put(String.valueOf(key), value)));
        }
        return said;
    }

    private String out() {
        return folder.resolve("out.json").toString();
    }

    private int describe(String... args) {
        return DescribeMain.run(args, new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
