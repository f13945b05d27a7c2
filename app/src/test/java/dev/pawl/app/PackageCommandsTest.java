package dev.pawl.app;

import static dev.pawl.app.Typed.json;
import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.packaging.SigningKey;
import dev.pawl.pipeline.SecretFolder;
import dev.pawl.pipeline.SecretName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A package, from the push to its verification on another machine. */
class PackageCommandsTest {
    private static final String SECRET = "hunter2-hunter2";

    @TempDir
    Path folder;

    @Test
    void a_package_is_got_and_verified() throws Exception {
        Path home = folder.resolve("server");
        SecretFolder.in(Files.createDirectory(home), Clock.system(), Ids.system())
                .set(new SecretName(Optional.empty(), "token"), SECRET);
        try (Server started = Server.start(new Server.Settings(home, Optional.empty(), "127.0.0.1", 0));
                Client client = new Client("http://127.0.0.1:" + started.port(), Clock.system())) {
            String server = client.address().toString();
            String digest = pushed(client);
            String archive = folder.resolve("tiny.pawl").toString();
            String key = folder.resolve("server.pem").toString();

            pawl(0, "package", "export", digest, "-o", archive, "--server", server);
            Files.writeString(Path.of(key), pawl(0, "package", "key", "--server", server));
            assertThat(json(0, "verify", archive, "--key", key)
                            .path("package_digest")
                            .stringValue())
                    .isEqualTo(digest);
            assertThat(pawl(0, "verify", archive, "--server", server)).contains("project     tiny", digest);
            assertThat(json(0, "package", "show", digest, "--server", server)
                            .at("/made/needs/commands/0")
                            .stringValue())
                    .isEqualTo("sh");
            assertThat(pawl(0, "package", "sbom", digest, "--server", server)).contains("CycloneDX", "numbers.csv");
            assertThat(pawl(0, "package", "provenance", digest, "--server", server))
                    .contains("in-toto");

            everythingIsFoundOut(archive, key);
            assertThat(pawl(2, "package", "export", digest, "-o", archive, "--server", server))
                    .contains("is there already");
            assertThat(pawl(2, "package", "image", digest, "-o", archive + ".tar", "--server", server))
                    .contains("ci.image");
            assertThat(Path.of(archive + ".tar")).doesNotExist();
            assertThat(pawl(2, "verify", archive)).contains("--key FILE");
            assertThat(pawl(2, "package")).contains("Say what");
            noSecretIsIn(archive, home);
        }
    }

    private void everythingIsFoundOut(String archive, String key) throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(archive));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Files.writeString(
                Path.of(archive + ".evil"), text.replace("n\n1\n2\n3\n", "n\n1\n2\n9\n"), StandardCharsets.ISO_8859_1);

        assertThat(pawl(2, "verify", archive + ".evil", "--key", key))
                .contains("is not to be trusted: 1 thing is wrong", "other-content", "files/numbers.csv");
        JsonNode found = json(2, "verify", archive + ".evil", "--key", key);
        assertThat(found.at("/problems/0/file").stringValue()).isEqualTo("files/numbers.csv");
        String other = folder.resolve("other.pem").toString();
        Files.writeString(
                Path.of(other),
                SigningKey.in(folder.resolve("other"), Ids.system()).trusted().pem());
        assertThat(pawl(2, "verify", archive, "--key", other)).contains("other-key");
        assertThat(pawl(2, "verify", archive, "--key", folder + "/none")).contains("no key file");
        assertThat(pawl(2, "verify", folder + "/none", "--key", key)).contains("is not there");
    }

    private static void noSecretIsIn(String archive, Path home) throws Exception {
        String key = Files.readString(home.resolve("signing-key.pem")).split("\n")[1];
        assertThat(Files.readString(Path.of(archive), StandardCharsets.ISO_8859_1))
                .doesNotContain(SECRET, key);
    }

    private String pushed(Client client) throws Exception {
        DemoProject project = TinyProject.in(folder);
        project.push("tiny", client.address().toString());
        return client.await(
                "the package",
                Duration.ofMinutes(2),
                "api/packages",
                answer -> answer.path("packages")
                        .valueStream()
                        .map(built -> built.path("digest").stringValue())
                        .findFirst());
    }
}
