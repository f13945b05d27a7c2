package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What steps gave comes out as files and folders, here and from a server; a run is followed there as here. */
class FetchCommandTest {
    @TempDir
    Path folder;

    private Path target;

    @BeforeEach
    void target() throws IOException {
        target = Files.createDirectories(folder.resolve("target"));
    }

    @Test
    void files_folders_and_lists_of_a_working_copy_are_fetched() throws Exception {
        Path project = Files.createDirectories(folder.resolve("given"));
        Files.writeString(project.resolve("pawl.yaml"), """
            project: given
            pipeline:
              steps:
                give:
                  run: |
                    echo one > "$PAWL_OUTPUTS/text"
                    mkdir -p "$PAWL_OUTPUTS/all/deep"; echo two > "$PAWL_OUTPUTS/all/deep/file"
                    for i in 0 1; do echo $i > "$PAWL_OUTPUTS/parts/00000$i"; done
                  outputs: { text: file, all: folder, parts: list of files }
                never: { run: 'echo 1 > "$PAWL_OUTPUTS/out"', when: 'n > 1', parameters: { n: 1 }, outputs: { out: file } }
                each: { run: 'cp "$PAWL_INPUTS/part" "$PAWL_OUTPUTS/copy"', each: { part: give.parts }, outputs: { copy: file } }
            """);
        String[] here = {"--project", project.toString()};
        String run = json(0, "run", here[0], here[1]).path("run").stringValue();

        String to = target.toString();
        pawl(0, "fetch", run, "give", "text", "--to", to + "/mine.txt", here[0], here[1]);
        pawl(0, "fetch", run.substring(0, 15), "give", "all", "--to", to, here[0], here[1]);
        pawl(0, "fetch", run, "each", "--to", to, here[0], here[1]);
        pawl(0, "fetch", run, "each", "--item", "1", "--to", to + "/second", here[0], here[1]);

        assertThat(target.resolve("mine.txt")).hasContent("one");
        assertThat(target.resolve("all/deep/file")).hasContent("two");
        assertThat(target.resolve("copy/000001")).hasContent("1");
        assertThat(target.resolve("second")).hasContent("1");
        assertThat(pawl(2, "fetch", run, "give", "all", "--to", to, here[0], here[1]))
                .contains("is there already");
        assertThat(pawl(2, "fetch", run, "give", here[0], here[1])).contains("[all, parts, text]");
        assertThat(pawl(2, "fetch", run, "give", "txt", here[0], here[1]))
                .contains("Step 'give' gave no 'txt', but [all, parts, text]");
        assertThat(pawl(2, "fetch", run, "never", here[0], here[1])).contains("was skipped, so it gave nothing");
        assertThat(pawl(2, "fetch", run, "give", "text", "--to", to + "/no/where", here[0], here[1]))
                .contains("There is no folder " + target.resolve("no"));
    }

    @Test
    void a_list_of_files_that_leads_out_of_its_folder_is_refused_and_leaves_nothing() {
        Digest list = new Digest("sha256:" + "0".repeat(64));
        var fetch = new Fetch((digest, out) -> {
            try {
                out.write(Json.write(List.of(Map.of("path", "../outside", "digest", list, "executable", false)))
                        .getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThatThrownBy(() -> fetch.to(target, new OutputView("all", list, true, "all")))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("outside of itself: ../outside");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void a_servers_run_is_followed_and_what_it_gave_is_fetched() throws Exception {
        var settings = new Server.Settings(folder.resolve("server"), Optional.empty(), "127.0.0.1", 0);
        try (Server server = Server.start(settings);
                Client client = new Client("http://127.0.0.1:" + server.port(), Clock.system())) {
            String address = client.address().toString();
            TinyProject.in(folder).push("tiny", address);
            String run = client.await("a CI run's run", Duration.ofSeconds(90), "api/runs", FetchCommandTest::over);

            pawl(0, "fetch", run.substring(0, 15), "count", "--to", target.toString(), "--server", address);
            assertThat(target.resolve("lines")).content().contains("3");
            assertThat(pawl(2, "fetch", run, "nothing", "--server", address)).contains("has no step 'nothing'");
            assertThat(pawl(2, "fetch", run, "count", "nix", "--server", address))
                    .contains("Step 'count' gave no 'nix', but [lines]");

            assertThat(pawl(0, "reproduce", run.substring(0, 15), "--server", address))
                    .contains("count                succeeded", "report               succeeded", "all equal");
            assertThat(pawl(0, "reproduce", run, "--server", address, "--detach"))
                    .contains("reproduces")
                    .doesNotContain("equal");
            assertThat(pawl(2, "resume", run, "--server", address)).contains("only one that failed");
        }
    }

    private static Optional<String> over(JsonNode answer) {
        return answer.path("runs")
                .valueStream()
                .filter(it -> it.path("state").asString().equals("SUCCEEDED"))
                .map(it -> it.at("/run/spec/id").stringValue())
                .findFirst();
    }
}
