package dev.pawl.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import dev.pawl.executor.Ending;
import dev.pawl.executor.Execution;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Executors;
import dev.pawl.executor.Image;
import dev.pawl.executor.Limits;
import dev.pawl.executor.LocalSettings;
import dev.pawl.executor.Program.CommandLine;
import dev.pawl.executor.TestImage;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Json;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ImageTest {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String BASE = "base: images/base.tar";

    @TempDir
    Path folder;

    private Built built;

    @BeforeEach
    void start() {
        built = new Built(folder);
    }

    @AfterEach
    void close() {
        built.close();
    }

    @Test
    void the_same_package_has_the_same_image_elsewhere(@TempDir Path elsewhere) throws Exception {
        try (Built other = new Built(elsewhere)) {
            assertThat(other.make().image()).isEqualTo(built.make().image()).isPresent();
        }
    }

    @Test
    void another_content_is_another_image() throws Exception {
        Optional<Made.Image> first = built.make().image();
        built.write("steps/count.sh", "true\n");
        assertThat(built.make().image()).isNotEqualTo(first);
    }

    @Test
    void it_is_nobodys_and_says_what_it_is() throws Exception {
        Made made = built.make();
        JsonNode config = config(made).path("config");

        assertThat(config.path("User").stringValue()).isEqualTo("65532:65532");
        assertThat(config.path("WorkingDir").stringValue()).isEqualTo("/pawl/package");
        assertThat(config.path("Labels")
                        .propertyStream()
                        .map(label -> label.getKey() + "=" + label.getValue().asString("")))
                .contains(
                        "org.opencontainers.image.revision=0123456789abcdef0123456789abcdef01234567",
                        "org.opencontainers.image.source=pawl:git/births.git",
                        "org.opencontainers.image.created=2026-11-26T03:00:00Z",
                        "dev.pawl.package=" + made.packageDigest());
        assertThat(config(made).path("created").stringValue()).isEqualTo("2026-11-26T03:00:00Z");
    }

    @Test
    void a_layer_that_did_not_change_is_kept_once() throws Exception {
        List<String> before = layers(built.make());
        built.write("steps/count.sh", "true\n");
        List<String> after = layers(built.make());

        assertThat(after).hasSameSizeAs(before).isNotEqualTo(before);
        assertThat(after).filteredOn(before::contains).hasSize(before.size() - 1);
    }

    @Test
    void what_is_no_image_is_the_authors_business() throws Exception {
        built.replace("base: scratch", BASE);
        built.write("images/base.tar", "no image");
        assertThatThrownBy(built::make)
                .hasMessageContaining("'images/base.tar' (ci.image.base)")
                .hasMessageContaining("podman save");
    }

    /** A step's command, run by an engine with the step contract in the image, and nothing of the package but what is in it. */
    @Test
    void podman_loads_it_and_runs_steps_in_it() throws Exception {
        TestImage.make(Files.createDirectories(folder.resolve("engine"))); // skips where there is no engine
        base();
        built.replace("base: scratch", BASE);
        Made made = built.sign(built.make()).made();
        Path tar = folder.resolve("image.tar");
        try (OutputStream out = Files.newOutputStream(tar)) {
            built.packaging.image(made.packageDigest(), out);
        }

        String name = made.image().orElseThrow().name();
        assertThat(podman("load", "--input", tar.toString())).contains(name);
        assertThat(podman("image", "inspect", "--format", "{{.Digest}} {{.User}}", name))
                .contains(made.image().orElseThrow().digest() + " 65532:65532");
        String id = podman("image", "inspect", "--format", "{{.Id}}", name).strip();
        Ending ending = run(
                new Image("sha256:" + id, false),
                "cd /pawl/package && ls lib && cat $PAWL_PACKAGE/steps/count.sh && cp data/births.csv $PAWL_INPUTS/"
                        + " && sh steps/count.sh && cat $PAWL_OUTPUTS/lines");
        podman("image", "rm", "--force", name);

        assertThat(ending.succeeded()).as(ending.tail()).isTrue();
        assertThat(ending.tail().lines()).contains("csv-1.2.jar", "plain.jar", "2");
    }

    private Ending run(Image image, String script) throws InterruptedException {
        Path own = folder.resolve("attempt");
        LocalSettings settings = LocalSettings.ofThisMachine();
        try (Executor executor = Executors.local(Clock.system(), settings, folder.resolve("runs"))) {
            CommandLine line = new CommandLine(script, Optional.empty(), Optional.of(image));
            return executor.run(
                    new Execution(
                            "attempt-" + built.store.ids().next(),
                            line,
                            own,
                            Map.of("work", own.resolve("work").toString()),
                            Map.of(),
                            Map.of(),
                            Limits.within(Duration.ofSeconds(50))),
                    _ -> {});
        }
    }

    /** A base of nothing but a busybox, as a file of the repository. */
    private void base() throws Exception {
        assumeTrue(Files.isExecutable(BUSYBOX), "skipped: busybox-static is missing");
        FileEntriesLayer.Builder layer = FileEntriesLayer.builder();
        for (String tool : List.of("busybox", "sh", "ls", "cat", "wc", "cp", "mkdir", "touch")) {
            layer.addEntry(BUSYBOX, AbsoluteUnixPath.get("/bin/" + tool), FilePermissions.fromOctalString("755"));
        }
        Path tar = built.source().resolve("images/base.tar");
        Files.createDirectories(tar.getParent());
        Jib.fromScratch()
                .addFileEntriesLayer(layer.build())
                .addEnvironmentVariable("PATH", "/bin")
                .containerize(Containerizer.to(TarImage.at(tar).named("base"))
                        .setBaseImageLayersCache(folder.resolve("cache-1"))
                        .setApplicationLayersCache(folder.resolve("cache-2")));
    }

    private String podman(String... arguments) throws Exception {
        Path output = Files.createTempFile(folder, "podman", ".txt");
        ProcessBuilder builder = new ProcessBuilder("podman");
        builder.command().addAll(List.of(arguments));
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private JsonNode config(Made made) {
        return blob(made, manifest(made).at("/config/digest").stringValue());
    }

    private JsonNode manifest(Made made) {
        return blob(made, made.image().orElseThrow().digest().value());
    }

    private List<String> layers(Made made) {
        return manifest(made)
                .path("layers")
                .valueStream()
                .map(layer -> layer.path("digest").stringValue())
                .toList();
    }

    private JsonNode blob(Made made, String digest) {
        var artifacts = built.store.artifacts();
        String path = ImageLayout.BLOBS + digest.replace("sha256:", "");
        return Json.tree(artifacts.text(
                artifacts.member(made.image().orElseThrow().layout(), path).orElseThrow()));
    }
}
