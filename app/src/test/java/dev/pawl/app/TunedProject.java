package dev.pawl.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A project whose only step has a loss that is least at x = 0.3, and leaves a mark in a folder whenever it begins. */
final class TunedProject {
    private static final String YAML = """
        project: tuned
        pipeline:
          steps:
            score:
              run: sh score.sh MARKS
              inputs: { numbers: data.numbers }
              outputs: { out: file }
              parameters: { x: 0.5 }
        data: { numbers: { path: numbers.csv } }
        ci: { package: [score.sh] }
        sweeps:
          line:
            search: random
            trials: 8
            parallel: 2
            metric: score.loss
            goal: min
            parameters: { score.x: { min: 0, max: 1 } }
          rounds:
            search: tpe
            trials: 4
            parallel: 2
            metric: score.loss
            goal: min
            parameters: { score.x: { min: 0, max: 1, step: 0.1 } }
            stop: { by: sample, from: 2, factor: 2 }
        """;

    /** Where a file {@code hold} lies, all but the first three wait for a file {@code go}. */
    private static final String SCORE = """
        x=$(sed -n 's/.*"x" *: *\\([0-9.eE-]*\\).*/\\1/p' "$PAWL_STEP")
        echo "$(wc -l < "$PAWL_INPUTS/numbers.csv") $x" >> "$1/begun"
        if [ -f "$1/hold" ]; then
          mkdir "$1/free-1" || mkdir "$1/free-2" || mkdir "$1/free-3" || while [ ! -f "$1/go" ]; do sleep 0.02; done
        fi
        awk -v x="$x" 'BEGIN { print "{\\"name\\":\\"loss\\",\\"value\\":" (x - 0.3) * (x - 0.3) "}" }' >> "$PAWL_METRICS"
        echo "$x" > "$PAWL_OUTPUTS/out"
        """;

    private final Path folder;
    private final Path marks;

    private TunedProject(Path folder, Path marks) {
        this.folder = folder;
        this.marks = marks;
    }

    static TunedProject in(Path temporary) throws IOException {
        var project = new TunedProject(
                Files.createDirectories(temporary.resolve("tuned")),
                Files.createDirectories(temporary.resolve("marks")));
        Files.writeString(project.folder.resolve("pawl.yaml"), YAML.replace("MARKS", project.marks.toString()));
        Files.writeString(project.folder.resolve("score.sh"), SCORE);
        Files.writeString(project.folder.resolve("numbers.csv"), "n\n1\n2\n3\n4\n5\n6\n7\n8\n");
        return project;
    }

    Path folder() {
        return folder;
    }

    TunedProject mark(String name) throws IOException {
        Files.writeString(marks.resolve(name), "");
        return this;
    }

    /** How often the step began. */
    long begun() throws IOException {
        Path begun = marks.resolve("begun");
        return Files.exists(begun) ? Files.readAllLines(begun).size() : 0;
    }

    /** How many lines of the data it saw, at each beginning. */
    Iterable<String> rows() throws IOException {
        return Files.readAllLines(marks.resolve("begun")).stream()
                .map(line -> line.strip().split(" ", 2)[0])
                .toList();
    }
}
