package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DescribeMainTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void a_pipeline_is_described_as_in_the_contract() {
        assertThat(describe(Pizza.class.getName(), out())).isZero();

        assertThat(folder.resolve("out.json")).hasContent("""
            {"class":"dev.pawl.sdk.Pizza","steps":[\
            {"name":"dough","inputs":{},"sources":{"csv":"flour"},"parameters":{\
            "rows":{"type":"int","default":2,"min":1.0,"max":10.0},\
            "yeast":{"type":"long","default":9000000000},\
            "salt":{"type":"double","min":0.0},\
            "kind":{"type":"string","default":"wheat"},\
            "wholemeal":{"type":"boolean","default":false}},"output":{"name":"dough","type":"table"}},\
            {"name":"oven","inputs":{"dough":"dough"},"sources":{},\
            "parameters":{"fate":{"type":"string","default":"fine"}},"output":{"name":"oven","type":"model"}},\
            {"name":"slice","inputs":{"oven":"oven"},"sources":{},"parameters":{},\
            "output":{"name":"slice","type":"file"}},\
            {"name":"taste","inputs":{"slice":"slice","oven":"oven","dough":"dough"},"sources":{},"parameters":{},\
            "output":{"name":"taste","type":"report"}}]}
            """);
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

    private String out() {
        return folder.resolve("out.json").toString();
    }

    private int describe(String... args) {
        return DescribeMain.run(args, new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
