package dev.pawl.app;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project to experiment with: its one number is as good as its parameter. */
final class StudyProject {
    private static final String YAML = """
        project: study
        pipeline:
          steps:
            train:
              run: sh train.sh
              inputs: { numbers: data.numbers }
              outputs: { model: file }
              parameters: { eta: 0.1, depth: 3 }
            report:
              run: cp "$PAWL_INPUTS/model" "$PAWL_OUTPUTS/report"
              inputs: { model: train }
              outputs: { report: file }
        data: { numbers: { path: numbers.csv } }
        ci: { package: [train.sh] }
        """;

    /** The number after "eta" in step.json. */
    private static final String TRAIN = """
        eta=$(sed -n 's/.*"eta" *: *\\([0-9.]*\\).*/\\1/p' "$PAWL_STEP")
        echo "training with $eta"
        echo "{\\"name\\":\\"mape\\",\\"value\\":$eta}" >> "$PAWL_METRICS"
        echo "$eta" > "$PAWL_OUTPUTS/model"
        """;

    private StudyProject() {}

    static DemoProject in(Path folder) throws IOException, InterruptedException {
        Path source = Files.createDirectories(folder.resolve("study-source"));
        Files.writeString(source.resolve("pawl.yaml"), YAML);
        Files.writeString(source.resolve("train.sh"), TRAIN);
        Files.writeString(source.resolve("numbers.csv"), "day,n\nmon,1\ntue,2\nwed,3\n");
        Files.writeString(source.resolve(".gitignore"), ".pawl/\n*.tmp\n");
        return DemoProject.copyOf(source, folder.resolve("study"), new Commands(Clock.system(), OwnJvm.javaHome()));
    }
}
