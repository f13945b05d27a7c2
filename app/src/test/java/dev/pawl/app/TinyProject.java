package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project of two commands, without a build: the smallest that goes through the ring as far as deployment. */
final class TinyProject {
    private static final String YAML = """
        project: tiny
        pipeline:
          steps:
            count:
              run: |
                wc -l < "$PAWL_INPUTS/numbers.csv" > "$PAWL_OUTPUTS/lines"
                echo '{"name":"lines","value":4}' >> "$PAWL_METRICS"
              inputs: { numbers: data.numbers }
              outputs: { lines: file }
              parameters: { unit: rows }
            report: { run: 'echo "{}" > "$PAWL_OUTPUTS/summary.json"', inputs: { lines: count }, outputs: { summary: report } }
        data: { numbers: { path: numbers.csv } }
        ci:
          checks:
            unit: { run: "mkdir -p reports && cp unit.xml reports/", reports: reports }
            integration: { sample: 2 }
        environments: { prod: { branch: main, deploy: automatic } }
        """;

    /** What a unit test reports that passed. */
    static final String UNIT = "<testsuite name='tiny' tests='1' failures='0' errors='0'><testcase name='adds'"
            + " time='0.1'/></testsuite>";

    private TinyProject() {}

    static DemoProject in(Path folder) throws IOException, InterruptedException {
        Path source = Files.createDirectories(folder.resolve("tiny-source"));
        Files.writeString(source.resolve("pawl.yaml"), YAML);
        Files.writeString(source.resolve("numbers.csv"), "n\n1\n2\n3\n");
        Files.writeString(source.resolve("unit.xml"), UNIT);
        return DemoProject.copyOf(source, folder.resolve("tiny"), new Commands(Clock.system(), OwnJvm.javaHome()));
    }
}
