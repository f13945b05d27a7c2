package dev.pawl.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import io.helidon.webserver.WebServer;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bases that are not what they say. */
class BaseImageTest {
    private static final String LAYER = "\0".repeat(1024);
    private static final String MANIFEST = "[{\"Config\":\"config.json\",\"Layers\":[\"layer.tar\"]}]";

    @TempDir
    Path folder;

    private Built built;
    private final Map<String, String> files = new TreeMap<>();

    @BeforeEach
    void start() {
        built = new Built(folder).replace("base: scratch", "base: base.tar");
        files.put("config.json", config(Digest.of(LAYER)));
        files.put("layer.tar", LAYER);
        files.put("manifest.json", MANIFEST);
    }

    @AfterEach
    void close() {
        built.close();
    }

    private static String config(Digest diffId) {
        return "{\"architecture\":\"amd64\",\"os\":\"linux\",\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
                .formatted(diffId);
    }

    @Test
    void a_sound_file_is_taken() throws Exception {
        write();
        assertThat(built.make().image()).isPresent();
    }

    @Test
    void a_layer_that_is_not_what_its_configuration_says_is_refused() throws Exception {
        files.put("config.json", config(Digest.of("of another project")));
        refused("layer 'layer.tar' is " + Digest.of(LAYER));
    }

    @Test
    void what_is_no_file_of_the_tar_gets_into_no_image() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), LAYER);
        files.put("manifest.json", MANIFEST.replace("layer.tar", secret.toString()));
        refused("which is not a file of the tar");
        files.put("manifest.json", MANIFEST.replace("config.json", "../secret"));
        refused("which is not a file of the tar");
        files.put("manifest.json", MANIFEST.replace("}]", ",\"layers\":[\"" + secret + "\"]}]"));
        refused("one 'Layers'");
    }

    @Test
    void a_registry_that_gives_another_image_is_found_out() throws Exception {
        String config = config(Digest.of(LAYER)).replace("[\"" + Digest.of(LAYER) + "\"]", "[]");
        String manifest = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":
            "application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},"layers":[]}
            """.formatted(Digest.of(config), config.length());
        WebServer registry = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.any((request, response) ->
                        response.send(request.path().path().contains("/blobs/") ? config : manifest)))
                .build()
                .start();
        try {
            String name = "127.0.0.1:" + registry.port() + "/base@";
            built.replace("base: scratch", "base: \"" + name + Digest.of(manifest) + "\"");
            assertThat(built.make().image().orElseThrow().baseDigest()).contains(Digest.of(manifest));
            built.replace("base: scratch", "base: \"" + name + Digest.of("other") + "\"");
            assertThatThrownBy(built::make).hasMessageContaining("has given another image than");
        } finally {
            registry.stop();
        }
    }

    private void refused(String why) throws Exception {
        write();
        assertThatThrownBy(built::make)
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.code()).isEqualTo("bad-base-image"))
                .hasMessageContaining(why);
    }

    private void write() throws Exception {
        try (OutputStream out = Files.newOutputStream(built.source().resolve("base.tar"))) {
            Tar tar = new Tar(out);
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
                tar.add(file.getKey(), bytes.length, false, to -> to.write(bytes));
            }
            tar.finish();
        }
    }
}
