package dev.pawl.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import java.nio.file.Path;
import java.util.List;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class SbomTest {
    @TempDir
    Path folder;

    private String sbom() throws InterruptedException {
        try (Built built = new Built(folder)) {
            return built.store.artifacts().text(built.make().sbom());
        }
    }

    @Test
    void it_is_what_the_standard_says() throws Exception {
        JsonParser standard = new JsonParser();
        String sbom = sbom();

        assertThat(standard.validate(sbom, Version.VERSION_16)).isEmpty();
        assertThat(standard.validate(sbom.replace("\"library\"", "\"libary\""), Version.VERSION_16))
                .as("the validator sees a mistake")
                .isNotEmpty();
        assertThat(standard.parse(sbom.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .getComponents())
                .hasSameSizeAs(components(sbom));
    }

    @Test
    void it_names_libraries_as_package_managers_do() throws Exception {
        assertThat(purls(sbom()))
                .containsExactlyInAnyOrder(
                        "pkg:maven/org.example/csv@1.2",
                        "pkg:pypi/births@1.0",
                        "pkg:pypi/numpy@2.1.0",
                        "pkg:pypi/scikit-learn@1.5");
    }

    @Test
    void what_is_packed_into_a_jar_is_part_of_it() throws Exception {
        JsonNode csv = component(sbom(), "lib/csv-1.2.jar");
        assertThat(csv.at("/components/0/purl").stringValue()).isEqualTo("pkg:maven/org.example/inner@0.9");
    }

    @Test
    void every_file_is_there_with_its_digest() throws Exception {
        String sbom = sbom();
        for (String file :
                List.of("lib/plain.jar", "lib/broken.jar", "data/births.csv", "steps/count.sh", "pawl.yaml")) {
            assertThat(component(sbom, file).at("/hashes/0/content").stringValue())
                    .as(file)
                    .hasSize(64);
        }
        assertThat(component(sbom, "data/births.csv").path("type").stringValue())
                .isEqualTo("data");
    }

    @Test
    void the_same_commit_has_the_same_bill_elsewhere(@TempDir Path elsewhere) throws Exception {
        try (Built other = new Built(elsewhere)) {
            assertThat(sbom())
                    .isEqualTo(other.store.artifacts().text(other.make().sbom()));
        }
    }

    /** It would take years if every blank could be tried in two places. */
    @Test
    @Timeout(60)
    void a_hostile_requirements_file_is_read_in_no_time() {
        PackageFile file = new PackageFile("requirements.txt", Digest.of("x"), false);
        for (String hostile : List.of("a" + " ".repeat(4_000_000), "\n".repeat(4_000_000), "a[\n".repeat(1_000_000))) {
            assertThat(PythonReading.libraries(file, hostile)).isEmpty();
        }
    }

    @Test
    void lock_files_are_read() {
        PackageFile lock = new PackageFile("uv.lock", Digest.of("x"), false);
        String content = """
            version = 1

            [[package]]
            name = "A_b"
            version = "1.0"

            [[package]]
            name = "c"
            version = "2"
            """;
        assertThat(PythonReading.libraries(lock, content))
                .extracting(found -> found.purl().orElse(""))
                .containsExactly("pkg:pypi/a-b@1.0", "pkg:pypi/c@2");
    }

    private static List<JsonNode> components(String sbom) {
        return Json.tree(sbom).path("components").valueStream().toList();
    }

    private static JsonNode component(String sbom, String ref) {
        return components(sbom).stream()
                .filter(it -> it.path("bom-ref").asString("").equals(ref))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> purls(String sbom) {
        return components(sbom).stream()
                .map(it -> it.path("purl").asString(""))
                .filter(purl -> !purl.isEmpty())
                .toList();
    }
}
