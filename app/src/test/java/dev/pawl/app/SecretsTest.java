package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Clock;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Steps get the values of secrets, and nothing that is written or said holds one. */
class SecretsTest {
    private static final String VALUE = "correct-horse-battery-staple";
    private static final String YAML = """
        project: tiny
        pipeline:
          steps:
            ask:
              run: |
                echo "the password is $PASSWORD"; echo "$PASSWORD" >&2
                printf %s "$PASSWORD" | wc -c > "$PAWL_OUTPUTS/length"
              inputs: { numbers: data.numbers }
              outputs: { length: file }
              secrets: { PASSWORD: warehouse-password }
            fail: { run: 'echo "cannot log in with $PASSWORD"; ls "/$PASSWORD"; exit 3', inputs: { length: ask }, secrets: { PASSWORD: warehouse-password } }
        data: { numbers: { path: numbers.csv } }
        ci: { checks: { unit: { run: "mkdir -p reports && cp unit.xml reports/", reports: reports }, integration: { sample: 2 } } }
        environments: { prod: { branch: main, deploy: automatic } }
        """;

    @TempDir
    Path folder;

    private final List<String> said = new ArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public synchronized void publish(LogRecord line) {
            StringWriter trace = new StringWriter();
            Optional.ofNullable(line.getThrown()).ifPresent(it -> it.printStackTrace(new PrintWriter(trace)));
            said.add(line.getMessage()
                    + List.of(Optional.ofNullable(line.getParameters()).orElse(new Object[0]))
                    + trace);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        listener.setLevel(Level.ALL);
        Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void stop() {
        Logger.getLogger("").removeHandler(listener);
    }

    private String project() throws IOException {
        Path source = Files.createDirectories(folder.resolve("source"));
        Files.writeString(source.resolve("pawl.yaml"), YAML);
        Files.writeString(source.resolve("numbers.csv"), "n\n1\n2\n3\n");
        Files.writeString(source.resolve("unit.xml"), TinyProject.UNIT);
        return source.toString();
    }

    private String say(int exit, String... arguments) {
        String text = pawl(exit, arguments);
        said.add(text);
        return text;
    }

    private void set(Path pawl, String... more) {
        InputStream own = System.in;
        System.setIn(new ByteArrayInputStream((VALUE + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            List<String> line =
                    new ArrayList<>(List.of("secret", "set", "warehouse-password", "--folder", pawl.toString()));
            line.addAll(List.of(more));
            say(0, line.toArray(String[]::new));
        } finally {
            System.setIn(own);
        }
    }

    @Test
    void nothing_of_a_working_copy_holds_the_value() throws Exception {
        String project = project();
        Path pawl = Path.of(project, ".pawl");
        assertThat(say(2, "run", "--project", project))
                .contains("needs the secret 'warehouse-password'", "pawl secret set --folder " + pawl);
        set(pawl);
        assertThat(say(1, "run", "--project", project)).contains("***");
        String id = json(0, "runs", "--project", project).get(0).path("run").stringValue();

        assertThat(say(0, "show", id, "--json", "--project", project)).contains("SUCCEEDED");
        say(0, "show", id, "--project", project);
        say(0, "why", "ask", "--json", "--project", project);
        say(0, "why", "fail", "--project", project);
        say(0, "lineage", id, "--json", "--project", project);
        say(1, "resume", id, "--project", project);
        assertThat(say(0, "secret", "list", "--folder", pawl.toString())).contains("warehouse-password");
        nothingHoldsTheValue();

        set(pawl);
        json(1, "run", "--project", project);
        assertThat(say(0, "why", "ask", "--project", project)).contains("version of secret 'PASSWORD' changed");
        assertThat(say(0, "secret", "remove", "warehouse-password", "--folder", pawl.toString()))
                .contains("removed");
        nothingHoldsTheValue();
    }

    @Test
    void nothing_of_a_server_holds_the_value() throws Exception {
        Path home = folder.resolve("server");
        set(home, "--for", "tiny");
        DemoProject project = DemoProject.copyOf(
                Path.of(project()), folder.resolve("copy"), new Commands(Clock.system(), OwnJvm.javaHome()));
        var settings = new Server.Settings(home, Optional.empty(), "127.0.0.1", 0);
        try (Server server = Server.start(settings);
                Client client = new Client("http://127.0.0.1:" + server.port(), Clock.system())) {
            project.push("tiny", client.address().toString());
            client.get("api/quiet?within=120");

            JsonNode facts = answer(client, "api/facts?after=0");
            assertThat(facts.toString()).contains("PackageRefused", "***");
            JsonNode runs = answer(client, "api/runs");
            String run = "api/runs/" + runs.at("/runs/0/run/spec/id").stringValue();
            assertThat(answer(client, run).at("/steps/0/state").stringValue()).isEqualTo("SUCCEEDED");
            for (String path : List.of("/steps/ask/why", "/steps/fail/why")) {
                answer(client, run + path);
            }
            answer(client, "api/lineage/" + runs.at("/runs/0/run/spec/id").stringValue());
            answer(client, "api/ci");
        }
        nothingHoldsTheValue();
    }

    private JsonNode answer(Client client, String path) {
        JsonNode answer = client.get(path);
        said.add(answer.toString());
        return answer;
    }

    private void nothingHoldsTheValue() {
        assertThat(said).isNotEmpty().noneMatch(text -> text.contains(VALUE));
        assertThat(Folders.files(folder)).hasSizeGreaterThan(5).noneMatch(SecretsTest::holdsTheValue);
    }

    private static boolean holdsTheValue(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(VALUE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
