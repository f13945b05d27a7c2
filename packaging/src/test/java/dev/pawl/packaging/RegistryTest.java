package dev.pawl.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import java.io.File;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images in a real registry. */
class RegistryTest {
    @TempDir
    Path folder;

    private Built built;
    private Process registry;
    private String host = "";

    @BeforeEach
    void start() throws Exception {
        Optional<Path> program = program();
        if (System.getenv("PAWL_CI") == null) {
            assumeTrue(
                    program.isPresent(),
                    "skipped: a registry is missing, install it so: apt-get install docker-registry");
        }
        try (ServerSocket free = new ServerSocket(0)) {
            host = "127.0.0.1:" + free.getLocalPort();
        }
        Path settings = folder.resolve("registry.yml");
        Files.writeString(settings, """
            version: 0.1
            storage: { filesystem: { rootdirectory: %s } }
            http: { addr: "%s" }
            """.formatted(folder.resolve("registry"), host));
        Path log = folder.resolve("registry.log");
        registry = new ProcessBuilder(program.orElseThrow().toString(), "serve", settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        built = new Built(folder);
        awaitAnswer(log);
    }

    @AfterEach
    void stop() throws Exception {
        if (built != null) {
            built.close();
            registry.destroy();
            assertThat(registry.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Optional<Path> program() {
        return Stream.concat(
                        Stream.ofNullable(System.getenv("PAWL_TEST_REGISTRY")).map(Path::of),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(folder -> Path.of(folder, "docker-registry")))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** It listens once it says so; its first line comes before. */
    private void awaitAnswer(Path log) throws Exception {
        for (int look = 0; look < 600 && registry.isAlive(); look++) {
            if (Files.readString(log).contains("listening on")) {
                return;
            }
            boolean _ = registry.waitFor(100, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError(Files.readString(log));
    }

    @Test
    void a_pushed_image_has_the_digest_that_is_signed() throws Exception {
        PackageRecord record = built.build();
        Made.Image image = built.packaging.push(record.made().packageDigest(), host + "/births:1", Optional.empty());

        assertThat(Digest.of(manifest("births", "1"))).isEqualTo(image.digest());
        assertThat(Digest.of(manifest("births", image.digest().value()))).isEqualTo(image.digest());
    }

    @Test
    void what_is_built_on_a_pushed_image_has_it_as_its_base() throws Exception {
        PackageRecord record = built.build();
        Made.Image base = built.packaging.push(record.made().packageDigest(), host + "/births:1", Optional.empty());
        built.replace("base: scratch", "base: \"" + host + "/births@" + base.digest() + "\"");
        Made.Image image = built.make().image().orElseThrow();
        assertThat(image.baseDigest()).contains(base.digest());
        assertThat(image.digest()).isNotEqualTo(base.digest());
    }

    @Test
    void what_does_not_work_is_told() throws Exception {
        Digest digest = built.build().made().packageDigest();
        assertThatThrownBy(() -> built.packaging.push(digest, "Not A Name", Optional.empty()))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.USER));
        assertThatThrownBy(() -> built.packaging.push(digest, "127.0.0.1:1/births:1", Optional.empty()))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("could not be pushed to '127.0.0.1:1/births:1'");
        assertThatThrownBy(() -> built.packaging.push(digest, host + "/births:1", Optional.of("no-login")))
                .hasMessageContaining("must be USER:PASSWORD");
    }

    private byte[] manifest(String name, String tag) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://" + host + "/v2/" + name + "/manifests/" + tag))
                    .header("Accept", "application/vnd.oci.image.manifest.v1+json")
                    .build();
            return client.send(request, BodyHandlers.ofByteArray()).body();
        }
    }
}
