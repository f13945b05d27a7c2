package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of runs in a real browser: of a working copy, and of a server. */
class RunPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");
    private static final String TRAIN = """
        echo "<b>begins</b>"
        for i in 1 2 3; do echo "{\\"name\\":\\"loss\\",\\"step\\":$i,\\"value\\":$((4 - i))}" >> "$PAWL_METRICS"; done
        echo 1 > "$PAWL_OUTPUTS/model"
        """;

    @TempDir
    Path temporary;

    @Test
    void a_run_of_a_working_copy_shows_its_commit_and_its_uncommitted_change() throws Exception {
        Path project = StudyProject.in(temporary).folder();
        PawlCommand pawl = new PawlCommand(project);
        pawl.run();
        Files.writeString(project.resolve("train.sh"), TRAIN);
        String run = pawl.run();
        String again = pawl.run();
        String commit = pawl.json("show", run).path("commit").stringValue();

        Process browse = start(project, "browse", "--project", project.toString());
        try {
            String server = address(temporary.resolve("out.log"));
            assertThat(page(server + "runs"))
                    .contains(run, again, commit.substring(0, 7) + "+", ">3 runs<")
                    .doesNotContain("does not answer");
            assertThat(page(server)).as("leads to the runs").contains(run);
            String opened = page(server + "runs/" + run + "#train");
            assertThat(opened.split("&lt;b&gt;begins", -1))
                    .as("the log is there once")
                    .hasSize(2 + 1); // and in the patch
            assertThat(opened)
                    .contains(commit + " with an uncommitted change", ">train.sh<", "git apply")
                    .contains("class=\"added\">+echo")
                    .contains("&lt;b&gt;begins&lt;/b&gt;", ">train.loss<", "<canvas", ">train.eta<")
                    .contains("mark SUCCEEDED")
                    .doesNotContain("<b>begins");
            assertThat(page(server + "runs/" + again + "#train")).contains("/runs/" + run + "#train", "mark CACHED");
            assertThat(page(server + "runs/run-unknown")).contains("There is no run");
        } finally {
            browse.destroy();
        }
        assertThat(browse.waitFor()).as("ended by a signal").isGreaterThan(128);
    }

    @Test
    void a_run_of_a_server_shows_the_commit_that_was_pushed() throws Exception {
        var settings = new Server.Settings(temporary.resolve("server"), Optional.empty(), "127.0.0.1", 0);
        DemoProject project = TinyProject.in(temporary);
        try (Server server = Server.start(settings);
                Client client = new Client(server.address(), Clock.system())) {
            project.push("tiny", client.address().toString());
            TrainedProject.await(client, "PipelineDeployed");
            client.get("api/quiet?within=60");
            var run = client.get("api/runs?project=tiny").at("/runs/0");
            String commit = run.at("/source/commit").stringValue();
            assertThat(commit).matches("[0-9a-f]{40}");
            String id = run.at("/run/spec/id").stringValue();
            assertThat(page(server.address() + "runs/" + id))
                    .contains(commit, "integration", ">count<", ">count.lines<", ">numbers<")
                    .contains("id=\"change\" hidden");
            assertThat(page(server.address())).contains("/runs/" + id);
        }
    }

    private String page(String address) throws IOException, InterruptedException {
        return Browser.page(temporary.resolve("browser"), address);
    }

    private String address(Path log) throws IOException {
        await().atMost(PATIENCE)
                .until(() -> ADDRESS.matcher(Files.readString(log)).find());
        Matcher found = ADDRESS.matcher(Files.readString(log));
        assertThat(found.find()).isTrue();
        return found.group();
    }

    private Process start(Path project, String... arguments) throws IOException {
        return new ProcessBuilder(OwnJvm.command(List.of(arguments)))
                .directory(project.toFile())
                .redirectErrorStream(true)
                .redirectOutput(temporary.resolve("out.log").toFile())
                .start();
    }
}
