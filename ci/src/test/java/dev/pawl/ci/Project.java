package dev.pawl.ci;

import dev.pawl.sdk.Step;
import dev.pawl.source.Git;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A small project of commands, as a user would push it; every part can be spoiled. */
record Project(Git git) {
    private static final String YAML = """
        project: births
        pipeline:
          steps:
            ingest:
              run: sh steps/ingest.sh
              inputs: { births: data.births }
              outputs: { ingest: table }
            evaluate:
              run: sh steps/evaluate.sh
              inputs: { table: ingest }
              outputs: { evaluate: report }
        data:
          births: { path: data/births.csv, time: date }
        ci:
          build: sh build.sh
          within: 1m
          package: [steps, lib/model.txt]
          checks:
            unit: { run: sh test.sh, reports: reports, within: 1m }
            integration: { sample: 3, within: 1m }
        environments:
          prod: { branch: main, deploy: automatic, requires: { java: 21, commands: [sh] } }
        """;
    /** Takes a path out of step.json, by the name of the input or output. */
    private static final String PATH_OF = """
        path_of() { sed -n 's/.*"'"$1"'" *: *"\\([^"]*\\)".*/\\1/p' "$PAWL_STEP" | head -1; }
        """;

    private static final String INGEST = PATH_OF + """
        cp "$(path_of births)" "$(path_of ingest)"
        """;
    private static final String EVALUATE = PATH_OF + """
        rows=$(($(wc -l < "$(path_of table)") - 1))
        echo "{\\"rows\\": $rows}" > "$(path_of evaluate)"
        """;
    static final String TEST = """
        mkdir -p reports
        echo '<testsuite name="births" tests="2" time="0.3">
          <testcase classname="births" name="ingests" time="0.1"/>
          <testcase classname="births" name="evaluates" time="0.2"/>
        </testsuite>' > reports/TEST-births.xml
        """;

    /** A jar, or a folder of classes when Maven did not come as far as packing it. */
    private static final Path SDK = Path.of(URI.create(
            Step.class.getProtectionDomain().getCodeSource().getLocation().toString()));

    static Project in(Path folder) {
        Git git = Git.init(folder);
        git.write("pawl.yaml", YAML)
                .write("steps/ingest.sh", INGEST)
                .write("steps/evaluate.sh", EVALUATE)
                .write("build.sh", "mkdir -p lib && echo built > lib/model.txt && echo not packaged > lib/other.txt\n")
                .write("test.sh", TEST)
                .write("README.md", "births\n")
                .write("data/births.csv", "date,births\n1969-01-01,10\n1969-01-02,20\n1969-01-03,30\n1969-01-04,40\n");
        return new Project(git);
    }

    /** The same with a pipeline class, built by the JDK that CI gives. */
    Project inJava() {
        git.write(
                "pawl.yaml",
                YAML.substring(0, YAML.indexOf("pipeline:"))
                        + "pipeline: { class: births.Births }\n"
                        + YAML.substring(YAML.indexOf("data:\n")).replace("[steps, lib/model.txt]", "[lib]"));
        git.write("src/births/Births.java", """
                        package births;
                        import dev.pawl.sdk.*;
                        import dev.pawl.sdk.Step;
            import java.net.URI;
            import java.nio.file.Path;
                        public final class Births {
                            @Step public Table ingest(@Source("births") Path csv) { return Table.read(csv); }
                            @Step public Report evaluate(Table ingest) { return Report.empty().with("rows", ingest.rows()); }
                        }
            """);
        git.write("build.sh", """
            set -e
            mkdir lib
            if [ -d "%1$s" ]; then jar cf lib/sdk.jar -C "%1$s" .; else cp "%1$s" lib/sdk.jar; fi
            javac -parameters -cp lib/sdk.jar -d classes src/births/Births.java
            jar cf lib/births.jar -C classes .
            """.formatted(SDK));
        return this;
    }

    Project replace(Map<String, String> texts) {
        String yaml = YAML;
        for (Map.Entry<String, String> text : texts.entrySet()) {
            if (!yaml.contains(text.getKey())) {
                throw new AssertionError("pawl.yaml has no " + text.getKey());
            }
            yaml = yaml.replace(text.getKey(), text.getValue());
        }
        git.write("pawl.yaml", yaml);
        return this;
    }

    Project replace(String text, String with) {
        if (!YAML.contains(text)) {
            throw new AssertionError("pawl.yaml has no " + text);
        }
        git.write("pawl.yaml", YAML.replace(text, with));
        return this;
    }

    Project write(String file, String content) {
        git.write(file, content);
        return this;
    }

    /** Commits everything, pushes it and returns the commit. */
    String push(CiServer server) {
        String commit = git.commit("work");
        git.run("push", server.url("births"), "main");
        return commit;
    }
}
