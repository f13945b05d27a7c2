package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.SecretFolder;
import dev.pawl.pipeline.SecretName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code that nobody has reviewed does not see secrets, where a project asks for reviews. */
class WithheldSecretsTest {
    private static final String YAML = """
        project: tiny
        pipeline:
          steps:
            ask:
              run: printf %s "$PASSWORD" | wc -c > "$PAWL_OUTPUTS/length"
              inputs: { numbers: data.numbers }
              outputs: { length: file }
              secrets: { PASSWORD: warehouse-password }
        data: { numbers: { path: numbers.csv } }
        ci: { checks: { unit: { run: "mkdir -p reports && cp unit.xml reports/", reports: reports }, integration: { sample: 2 } } }
        environments: { prod: { branch: main, deploy: automatic } }
        """;

    @TempDir
    Path folder;

    private DemoProject project;
    private Server server;
    private String address;

    @BeforeEach
    void start() throws Exception {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("pawl.yaml"), YAML);
        Files.writeString(source.resolve("numbers.csv"), "n\n1\n2\n3\n");
        Files.writeString(source.resolve("unit.xml"), TinyProject.UNIT);
        Path home = folder.resolve("server");
        SecretFolder.in(home, Clock.system(), Ids.system())
                .set(new SecretName(Optional.of(new ProjectName("tiny")), "warehouse-password"), "a-long-password");
        project = DemoProject.copyOf(source, folder.resolve("copy"), new Commands(Clock.system(), OwnJvm.javaHome()));
        server = Server.start(new Server.Settings(home, Optional.empty(), "127.0.0.1", 0));
        address = server.address();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void git(String script) throws InterruptedException {
        String who = "export GIT_AUTHOR_NAME=ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=ada"
                + " GIT_COMMITTER_EMAIL=ada@example.org; ";
        var command = Commands.Command.shell(
                who + script, project.folder(), Map.of(), folder.resolve("git.log"), Duration.ofMinutes(1));
        var result = new Commands(Clock.system(), OwnJvm.javaHome()).run(command);
        assertThat(result.succeeded()).as(result.tail()).isTrue();
    }

    private String newestOfCi() {
        try (Client client = new Client(address, Clock.system())) {
            assertThat(client.get("api/quiet?within=60").path("quiet").booleanValue())
                    .isTrue();
            return client.get("api/ci?limit=1").path("runs").get(0).toString();
        }
    }

    @Test
    void a_commit_sees_them_once_it_is_reviewed() throws Exception {
        project.push("tiny", address);
        assertThat(newestOfCi()).as("nobody asks for reviews yet").contains("\"state\":\"PASSED\"");

        Typed.pawl(0, "source", "protect", "tiny", "main", "--review", "--server", address);
        git("git checkout -q -b work && echo 4 >> numbers.csv && git commit -qam more && git push -q " + address
                + "git/tiny.git work");
        assertThat(newestOfCi())
                .contains("\"state\":\"FAILED\"", "it needs the secrets [warehouse-password], which are withheld")
                .contains("nobody has reviewed commit", "pawl ci rerun ci-");

        String copy = project.folder().toString();
        Typed.pawl(0, "propose", "work", "--as", "ada", "--project", copy, "--server", address);
        Typed.pawl(0, "review", "approve", "1", "--as", "bob", "--server", address);
        String id = Typed.json(0, "ci", "list", "--server", address)
                .path("runs")
                .get(0)
                .path("id")
                .stringValue();
        Typed.pawl(0, "ci", "rerun", id, "--server", address);
        assertThat(newestOfCi()).as("its head is approved").contains("\"state\":\"PASSED\"");
    }
}
