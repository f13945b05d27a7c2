package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Commands.Command;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** The example in Python as its author uses it: from a working copy, and by a push. */
class PythonExampleTest {
    private static final String NAME = "births-python";
    private static final String AS_OF = "1971-01-01";
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Pattern MAPE = Pattern.compile("365 forecasts, ([0-9.]+)% off");

    private static final Clock CLOCK = Clock.system();
    private static final Commands COMMANDS = new Commands(CLOCK, OwnJvm.javaHome());

    @TempDir
    Path folder;

    private DemoProject project;

    @BeforeAll
    static void python(@TempDir Path folder) throws Exception {
        if (System.getenv("PAWL_CI") == null) {
            assumeTrue(
                    works(
                            folder,
                            "python3 -c 'import sys; assert sys.version_info >= (3, 11)' && python3 -m venv probe"),
                    "skipped: Python 3.11 or its venv is missing, install it so: apt-get install python3-venv");
            assumeTrue(
                    works(folder, "probe/bin/python -m pip download -q --no-deps --retries 0 iniconfig"),
                    "skipped: the example's packages cannot be fetched, see why: python3 -m pip download iniconfig");
        }
    }

    @BeforeEach
    void copyTheExample() throws Exception {
        Path example = OwnJvm.checkout().resolve("examples").resolve(NAME);
        project = DemoProject.copyOf(example, folder.resolve(NAME), COMMANDS);
    }

    @Test
    void it_runs_from_a_working_copy_and_again_from_the_cache() {
        JsonNode first = run();

        assertThat(first.path("state").stringValue()).isEqualTo("SUCCEEDED");
        assertThat(first.path("commit").stringValue()).matches("[0-9a-f]{40}");
        assertThat(first.path("changes").isNull()).isTrue();
        assertThat(first.at("/metrics/evaluate.mape").doubleValue()).isBetween(0.02, 0.05);
        assertThat(run().path("because").stringValue()).isEqualTo("5 steps succeeded, 5 from the cache");
    }

    @Test
    void what_is_pushed_is_tested_deployed_and_trained_and_forecasts_the_next_year() throws Exception {
        try (DemoServer server = DemoServer.start(folder.resolve("server"), 0, true, CLOCK);
                Client client = new Client(server.address(), CLOCK)) {
            Facts facts = new Facts(client);
            project.push(NAME, server.address());
            await(facts, "PipelineDeployed");
            client.post("api/projects/" + NAME + "/environments/prod/runs", Map.of("as_of", AS_OF, "reason", "first"));
            Facts.Seen trained = await(facts, "RunFinished");
            assertThat(scores(client, trained).path("to").stringValue())
                    .as("what is known 14 days later")
                    .isEqualTo("1970-12-18");
            await(facts, "ModelDeployed");
            client.get("api/quiet?within=60");
            assertThat(mapeOf1971(server.address())).isBetween(2.5, 3.1);
        }
    }

    private JsonNode run() {
        StringWriter output = new StringWriter();
        CommandLine pawl = Pawl.commandLine().setOut(new PrintWriter(output)).setErr(new PrintWriter(output));
        String copy = project.folder().toString();
        int exit = pawl.execute("run", "--project", copy, "--as-of", AS_OF, "--json");
        assertThat(exit).as(output.toString()).isZero();
        return Json.tree(output.toString());
    }

    private static Facts.Seen await(Facts facts, String type) throws InterruptedException {
        Instant end = CLOCK.now().plus(PATIENCE);
        while (CLOCK.now().isBefore(end)) {
            for (Facts.Seen fact : facts.next()) {
                assertThat(fact.type()).as("%s", fact.fact()).doesNotMatch(".*(Refused|Rejected)");
                assertThat(fact.fact().path("outcome").asString("SUCCEEDED"))
                        .as("%s", fact.fact())
                        .isIn("SUCCEEDED", "DEPLOYED");
                if (fact.is(type) && !fact.fact().path("purpose").asString("").equals("INTEGRATION")) {
                    return fact;
                }
            }
            CLOCK.sleep(POLL);
        }
        throw new AssertionError("Waited " + PATIENCE + " for " + type + ", in vain");
    }

    /** What the step 'evaluate' says of the held-out days. */
    private static JsonNode scores(Client client, Facts.Seen run) {
        String digest = run.fact().path("outputs").path("evaluate.scores").stringValue();
        return client.get("api/artifacts/" + digest);
    }

    private double mapeOf1971(String server) throws Exception {
        Path log = folder.resolve("traffic.log");
        String line = "python3 -m births.traffic --from 1971-01-01 --to 1971-12-31 --url " + server;
        Commands.Result result =
                COMMANDS.run(Command.shell(line, project.folder(), Map.of(), log, Duration.ofMinutes(5)));
        assertThat(result.succeeded()).as(result.tail()).isTrue();
        Matcher said = MAPE.matcher(Files.readString(log));
        assertThat(said.find()).as(result.tail()).isTrue();
        return Double.parseDouble(said.group(1));
    }

    private static boolean works(Path folder, String line) throws InterruptedException {
        Command command = Command.shell(line, folder, Map.of(), folder.resolve("log"), Duration.ofMinutes(2));
        return COMMANDS.run(command).succeeded();
    }
}
