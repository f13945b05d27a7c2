package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CI of a server on the command line and in the browser. */
class CiCommandsTest {
    @TempDir
    Path temporary;

    private Server server;
    private DemoProject project;

    @BeforeEach
    void start() throws Exception {
        server = Server.start(new Server.Settings(temporary.resolve("server"), Optional.empty(), "127.0.0.1", 0));
        project = TinyProject.in(temporary);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void push() throws Exception {
        project.push("tiny", server.address());
    }

    private String pawl(int code, String command, String... arguments) {
        String[] line = new String[arguments.length + 4];
        line[0] = "ci";
        line[1] = command;
        line[2] = "--server";
        line[3] = server.address();
        System.arraycopy(arguments, 0, line, 4, arguments.length);
        return Typed.pawl(code, line);
    }

    private String newest() {
        return Json.tree(pawl(0, "list", "--json")).at("/runs/0/id").stringValue();
    }

    @Test
    void a_push_is_followed_listed_shown_and_reported() throws Exception {
        push();

        String watched = pawl(0, "watch", "--project", project.folder().toString());
        assertThat(watched).contains("unit             passed", "integration      passed", "passed in");
        String id = newest();
        assertThat(pawl(0, "watch", id, "--log")).contains("passed in");
        assertThat(pawl(0, "list", "--of", "tiny")).contains(id, "passed", "main");
        assertThat(pawl(0, "show", id)).contains(id, "unit", "1 test", "passed in");
        assertThat(pawl(0, "report", id)).startsWith("### Pawl: passed");
        assertThat(pawl(0, "report", id, "--format", "html")).startsWith("<!doctype html>");
        assertThat(pawl(2, "cancel", id)).contains("cannot be cancelled: it is PASSED");
        assertThat(pawl(2, "rerun", id, "--failed")).contains("Nothing failed");
        assertThat(pawl(0, "rerun", id)).startsWith("queued");
    }

    @Test
    void one_that_is_refused_has_exit_code_1() throws Exception {
        Files.writeString(project.folder().resolve("unit.xml"), "<testsuite/>");
        commit();
        push();

        assertThat(pawl(1, "watch", "--project", project.folder().toString())).contains("refused by unit");
        assertThat(pawl(1, "show", newest())).contains("No test ran");
    }

    @Test
    void a_command_that_is_none_is_a_mistake_of_usage() {
        assertThat(Typed.pawl(2, "ci")).contains("list, show, watch, cancel, rerun or report");
        assertThat(pawl(2, "watch", "--project", temporary.toString())).contains("Name a CI run");
    }

    @Test
    void its_page_shows_the_checks_and_takes_nothing_for_markup() throws Exception {
        Files.writeString(project.folder().resolve("unit.xml"), """
            <testsuite><testcase name="&lt;b id='evil'&gt;adds"><failure message="&lt;script&gt;evil()&lt;/script&gt;"/></testcase></testsuite>
            """);
        commit();
        push();
        pawl(1, "watch", "--project", project.folder().toString());
        String id = newest();

        assertThat(page("ci")).contains(id, "mark FAILED", ">main<", ">1 CI run<");
        assertThat(page("ci/" + id))
                .contains(">failed<", "&lt;script&gt;evil()", "&lt;b id='evil'&gt;adds", "/api/ci/" + id + "/report.md")
                .doesNotContain("<script>evil", "<b id=");
        assertThat(page("ci/ci-unknown")).contains("There is no CI run");
        assertThat(page("")).as("the ring leads to it").contains("/ci/" + id);
        try (Client client = new Client(server.address(), Clock.system())) {
            assertThat(new String(client.bytes("badges/tiny/main.svg"), StandardCharsets.UTF_8))
                    .contains("failing");
        }
    }

    private void commit() throws Exception {
        assertThat(new ProcessBuilder(
                                "git",
                                "-c",
                                "user.name=A",
                                "-c",
                                "user.email=a@example.org",
                                "commit",
                                "-qam",
                                "change")
                        .directory(project.folder().toFile())
                        .start()
                        .waitFor())
                .isZero();
    }

    private String page(String path) throws Exception {
        return Browser.page(temporary.resolve("browser"), server.address() + path);
    }
}
