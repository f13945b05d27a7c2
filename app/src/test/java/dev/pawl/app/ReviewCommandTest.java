package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Source control as its users type it, with a real server whose CI says what it says. */
class ReviewCommandTest {
    @TempDir
    Path folder;

    private Server server;
    private String address;
    private DemoProject project;

    @BeforeEach
    void start() throws Exception {
        project = TinyProject.in(folder);
        server = Server.start(new Server.Settings(folder.resolve("server"), Optional.empty(), "127.0.0.1", 0));
        address = server.address();
        project.push("tiny", address);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String git(String script) throws InterruptedException {
        Path log = folder.resolve("git.log");
        String who = "export GIT_AUTHOR_NAME=ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=ada"
                + " GIT_COMMITTER_EMAIL=ada@example.org; ";
        var result = new Commands(Clock.system(), OwnJvm.javaHome())
                .run(Commands.Command.shell(who + script, project.folder(), Map.of(), log, Duration.ofMinutes(1)));
        assertThat(result.succeeded()).as(result.tail()).isTrue();
        return result.tail();
    }

    private void awaitQuiet() {
        try (Client client = new Client(address, Clock.system())) {
            assertThat(client.get("api/quiet?within=60").path("quiet").booleanValue())
                    .isTrue();
        }
    }

    private JsonNode review(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "review";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--server";
        all[arguments.length + 2] = address;
        return Typed.json(0, all);
    }

    @Test
    void a_branch_is_proposed_checked_approved_and_merged() throws Exception {
        Typed.pawl(0, "source", "protect", "tiny", "main", "--review", "--server", address);
        git("git checkout -q -b work && echo 4 >> numbers.csv && git commit -qam 'One more number' && git push -q "
                + address + "git/tiny.git work");
        String folderName = project.folder().toString();
        JsonNode proposed =
                Typed.json(0, "propose", "work", "--as", "ada", "--project", folderName, "--server", address);
        assertThat(proposed.path("title").stringValue()).isEqualTo("One more number");
        awaitQuiet();
        assertThat(review("show", "1").path("standing").stringValue()).isEqualTo("WAITING_FOR_APPROVAL");
        assertThat(Typed.pawl(2, "review", "merge", "1", "--server", address))
                .contains("it takes 1 approvals of its head", "pawl review approve proposal-1");
        assertThat(Typed.pawl(2, "review", "approve", "1", "--as", "ada", "--server", address))
                .contains("ada is the author of proposal-1");

        review("approve", "1", "--as", "bob", "--message", "Reads well");
        assertThat(Typed.pawl(0, "review", "show", "1", "--server", address))
                .contains("proposal-1: One more number", "stands      ready", "CI          passed (ci-")
                .contains("approved    1 of 1 (bob)", "review      bob approved: Reads well");
        JsonNode merged = review("merge", "1", "--as", "eve");

        assertThat(merged.path("standing").stringValue()).isEqualTo("MERGED");
        awaitQuiet();
        assertThat(Typed.pawl(0, "review", "list", "--state", "merged", "--server", address))
                .contains("proposal-1", "One more number");
        assertThat(Typed.pawl(0, "facts", "--server", address))
                .contains("proposal-1 merged: work into main")
                .contains("deployed to prod");
    }

    @Test
    void a_project_is_connected_to_git_elsewhere() throws Exception {
        String url = "file://" + project.folder();
        JsonNode connected = Typed.json(0, "source", "connect", "copy", url, "--poll", "1h", "--server", address);
        assertThat(connected.path("settings").path("url").stringValue()).isEqualTo(url);
        awaitQuiet();

        assertThat(Typed.pawl(0, "source", "list", "--server", address)).contains("copy from " + url + ", fetched 20");
        assertThat(Typed.pawl(0, "source", "show", "copy", "--server", address))
                .contains("branch      main at ", "merge takes 1 approvals");
        assertThat(Typed.pawl(2, "source", "connect", "copy", "ssh://host/x", "--server", address))
                .contains("is not an address of a git repository");
        Typed.pawl(0, "source", "fetch", "copy", "--server", address);
        Typed.pawl(0, "source", "disconnect", "copy", "--server", address);
        assertThat(Typed.pawl(0, "source", "list", "--server", address)).contains("no project is connected");
        Typed.pawl(0, "source", "rules", "tiny", "--approvals", "2", "--alone", "--server", address);
        assertThat(Typed.pawl(0, "source", "show", "tiny", "--server", address))
                .contains("merge takes 2 approvals, the author's own counts");
        assertThat(Typed.json(0, "source", "rules", "tiny", "--no-alone", "--contained", "--server", address)
                        .path("review_rules")
                        .toString())
                .isEqualTo("{\"alone\":false,\"approvals\":2,\"contained\":true}");
        assertThat(Typed.pawl(0, "source", "show", "tiny", "--server", address))
                .containsPattern("not reviewed +runs in containers only");
    }
}
