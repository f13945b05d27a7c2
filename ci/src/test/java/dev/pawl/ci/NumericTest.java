package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact.PackageBuilt;
import dev.pawl.kernel.Fact.PackageRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check whether steps bear hostile data, with the real orchestrator. */
class NumericTest {
    private static final String CHECK = "checks:\n    numeric: { steps: [features] }\n";

    private static final String FEATURES = """
            features:
              run: python3 steps/features.py
              inputs: { table: ingest }
              outputs: { features: table }
            evaluate:
        """;

    /** Refuses what is no number, and no rows. */
    private static final String CAREFUL = """
        import csv, json, math, os, sys
        with open(os.path.join(os.environ["PAWL_INPUTS"], "table.csv")) as file:
            rows = list(csv.DictReader(file))
        try:
            births = [float(row["births"]) for row in rows]
        except ValueError as e:
            sys.exit((print(e, file=sys.stderr), 65)[1])
        if not births or not all(math.isfinite(n) and 0 <= n < 1e9 for n in births):
            print("births must be from 0 to a billion", file=sys.stderr)
            sys.exit(65)
        total = sum(births)
        shares = [SHARE for n in births]
        with open(os.path.join(os.environ["PAWL_OUTPUTS"], "features.csv"), "w") as file:
            file.write("share\\n" + "".join(f"{share}\\n" for share in shares))
        """;

    @TempDir
    Path folder;

    private CiServer server;
    private Project project;

    @BeforeEach
    void start() {
        project = Project.in(folder.resolve("copy"));
        server = CiServer.start(folder.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CiRun push(String features) {
        project.replace(Map.of("checks:\n", CHECK, "    evaluate:\n", FEATURES));
        project.write("steps/features.py", features);
        return server.ended(project.push(server));
    }

    private CiCheck numeric(CiRun run) {
        return server.check(run.id(), CiCheck.NUMERIC);
    }

    private String refusal(CiRun run) {
        assertThat(run.refusedBy()).hasValue(CiCheck.NUMERIC);
        return server.facts(PackageRefused.class).getLast().because();
    }

    @Test
    void a_step_that_refuses_what_it_cannot_bear_passes_and_is_known_the_next_time() {
        String careful = CAREFUL.replace("SHARE", "n / total if total > 0 else 0.0");
        CiRun first = push(careful);
        assertThat(first.state()).as(() -> numeric(first).summary()).isEqualTo(CiState.PASSED);
        assertThat(numeric(first).summary())
                .matches("18 trials with hostile data: [0-9]+ gave finite results, [0-9]+ were refused");
        assertThat(numeric(first).evidence().toString()).contains("births must be from 0 to a billion");

        project.write("README.md", "other\n");
        CiRun second = server.ended(project.push(server));
        assertThat(numeric(second).summary()).endsWith("; 1 of 1 inputs known from before");
    }

    @Test
    void a_feature_that_divides_by_zero_is_told_with_the_smallest_table() {
        String divides = CAREFUL.replace("SHARE", "(n / total if total else math.nan)");
        CiRun run = push(divides);

        String because = refusal(run);
        assertThat(because)
                .contains("step 'features' with nothing but 0 in column births, 1 row of 'table': ")
                .contains("column 'features.share' lacks 1 values where it lacked 0, though the data lack none");
        Matcher table = Pattern.compile("column births, 1 row of.*\\(the table: (sha256:[0-9a-f]+)\\)")
                .matcher(because);
        assertThat(table.find()).as(because).isTrue();
        assertThat(server.store.artifacts().text(new Digest(table.group(1)))).matches("date,births\n1969-01-0.,0\n");
    }

    @Test
    void infinity_in_a_feature_and_an_accident_are_told() {
        String because = refusal(push(CAREFUL.replace("SHARE", "n / total * 1e300 * 1e10 if n > 1e7 else 10 / n")));

        assertThat(because)
                .contains("nothing but 0 in column births, 1 row of 'table': it ended with exit code 1")
                .contains("ZeroDivisionError")
                .contains("A command that refuses its input says why and ends with exit code 65");
    }

    private String refusal(String steps, String first, String second) {
        project.replace(Map.of("checks:\n", "checks:\n    numeric: { steps: [second] }\n", "    evaluate:\n", steps));
        project.write("steps/first.py", first).write("steps/second.py", second);
        return refusal(server.ended(project.push(server)));
    }

    @Test
    void of_a_list_of_tables_the_first_is_hostile() {
        String because = refusal("""
                first: { run: python3 steps/first.py, inputs: { table: ingest }, outputs: { parts: list of tables } }
                second: { run: python3 steps/second.py, inputs: { parts: first }, outputs: { rows: table } }
                evaluate:
            """, """
            import os
            for n in range(2):
                with open(os.environ["PAWL_OUTPUTS"] + f"/parts/{n:06}.csv", "w") as file:
                    file.write("births\\n1\\n2\\n")
            """, """
            import csv, os, sys
            folder = os.environ["PAWL_INPUTS"] + "/parts/"
            assert open(folder + "000001.csv").read() == "births\\n1\\n2\\n"
            with open(os.environ["PAWL_OUTPUTS"] + "/rows.csv", "w") as file:
                rows = [row["births"] for row in csv.DictReader(open(folder + "000000.csv"))]
                if not rows or not all(birth in ("0", "1", "2") for birth in rows):
                    sys.exit(65)
                file.write("share\\n" + "".join(f"{1 / int(birth)}\\n" for birth in rows))
            """);

        assertThat(because)
                .startsWith(
                        "step 'second' with nothing but 0 in column births, 1 row of 'parts': it ended with exit code"
                                + " 1")
                .contains("ZeroDivisionError");
        assertThat(because.lines().filter(line -> line.startsWith("step"))).hasSize(1);
    }

    @Test
    void of_json_each_number_and_text_is_hostile_once() {
        String because = refusal("""
                first: { run: python3 steps/first.py, inputs: { table: ingest }, outputs: { limits: record } }
                second: { run: python3 steps/second.py, inputs: { limits: first }, outputs: { share: report } }
                evaluate:
            """, """
            import os
            with open(os.environ["PAWL_OUTPUTS"] + "/limits.json", "w") as file:
                file.write('{ "births": { "most": 4 }, "of": ["a week"] }')
            """, """
            import json, os, sys
            with open(os.environ["PAWL_INPUTS"] + "/limits.json") as file:
                limits = json.load(file)
            if limits["of"] != ["a week"] or limits["births"].get("most", 1) < 0:
                sys.exit(65)
            with open(os.environ["PAWL_OUTPUTS"] + "/share.json", "w") as file:
                json.dump({"share": 8 / limits["births"]["most"]}, file)
            """);

        assertThat(because)
                .contains("step 'second' with 0.0 at /births/most of 'limits': it ended with exit code 1: Zero")
                .contains("step 'second' with nothing at /births/most of 'limits': it ended with exit code 1: KeyError")
                .doesNotContain("/of/0", "1.0E30 at");
    }

    @Test
    void a_step_that_reads_no_table_cannot_be_fed() {
        project.replace("checks:\n", "checks:\n    numeric: { steps: [] }\n");
        CiRun run = server.ended(project.push(server));
        assertThat(run.because().orElseThrow()).contains("ci.checks.numeric.steps: must name the steps");
    }

    @Test
    void trials_that_were_cut_short_are_made_again_and_give_one_verdict() {
        Path mark = folder.resolve("mark");
        String once = """
            import os, time
            if os.environ["PAWL_STEP"] and "never-seen" in open(os.path.join(os.environ["PAWL_INPUTS"], "table.csv")).read():
                if not os.path.exists("%1$s"):
                    open("%1$s", "w").close()
                    time.sleep(1000)
            """.formatted(mark);
        String careful = CAREFUL.replace("SHARE", "n / total if total > 0 else 0.0");
        project.replace(Map.of("checks:\n", CHECK, "    evaluate:\n", FEATURES));
        project.write("steps/features.py", once + careful);
        String commit = project.push(server);
        server.await("the trial", () -> Files.exists(mark) ? Optional.of(true) : Optional.empty());
        server.close();

        server = CiServer.start(folder.resolve("server"));
        assertThat(server.ended(commit).state()).isEqualTo(CiState.PASSED);
        assertThat(server.facts(PackageBuilt.class)).hasSize(1);
    }
}
