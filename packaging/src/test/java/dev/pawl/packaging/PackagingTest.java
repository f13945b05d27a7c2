package dev.pawl.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.store.Needed;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PackagingTest {
    @TempDir
    Path folder;

    private Built built;

    @BeforeEach
    void build() {
        built = new Built(folder);
    }

    @AfterEach
    void close() {
        built.close();
    }

    @Test
    void a_package_knows_what_it_needs() throws Exception {
        assertThat(built.make().needs()).satisfies(needs -> {
            assertThat(needs.java()).isEqualTo(21);
            assertThat(needs.commands()).containsExactly("sh");
            assertThat(needs.memoryBytes()).isEqualTo(512 << 20);
            assertThat(needs.cpus()).isEqualTo(2);
            assertThat(needs.secrets()).containsExactly("warehouse-password");
            assertThat(needs.data()).containsExactly(java.util.Map.entry("weather", "/srv/weather.csv"));
        });
    }

    @Test
    void the_statement_tells_where_it_came_from() throws Exception {
        PackageRecord record = built.build();
        Envelope envelope =
                Envelope.read(built.packaging.provenance(record.made().packageDigest()));
        JsonNode statement = Json.tree(envelope.payload());

        assertThat(envelope.isSignedBy(built.packaging.key())).isTrue();
        assertThat(statement.at("/_type").stringValue()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.at("/predicateType").stringValue()).isEqualTo("https://slsa.dev/provenance/v1");
        assertThat(statement.at("/subject/0/digest/sha256").stringValue())
                .isEqualTo(record.made().packageDigest().hex());
        assertThat(statement
                        .at("/predicate/buildDefinition/resolvedDependencies/0/digest/gitCommit")
                        .stringValue())
                .isEqualTo("0123456789abcdef0123456789abcdef01234567");
        assertThat(statement
                        .at("/predicate/buildDefinition/resolvedDependencies/1/name")
                        .stringValue())
                .isEqualTo("requirements.txt");
        assertThat(statement
                        .at("/predicate/runDetails/byproducts")
                        .valueStream()
                        .map(it -> it.path("name").stringValue()))
                .containsExactly("sbom.json", "check/unit", "check/package");
    }

    @Test
    void evidence_of_checks_can_be_followed_by_its_digest() throws Exception {
        PackageRecord record = built.build();
        String statement = Envelope.read(
                        built.packaging.provenance(record.made().packageDigest()))
                .payload();
        String unit = Json.tree(statement)
                .at("/predicate/runDetails/byproducts/1/digest/sha256")
                .stringValue();
        assertThat(built.store.artifacts().text(new Digest("sha256:" + unit)))
                .contains("12 tests passed", "\"tests\":12");
    }

    @Test
    void made_again_after_a_crash_it_is_the_same() throws Exception {
        assertThat(built.make()).isEqualTo(built.make());
    }

    @Test
    void all_that_goes_with_a_package_is_needed_as_long_as_it_is() throws Exception {
        PackageRecord record = built.build();
        Needed needed = new Needed(Set.of());
        built.store.database().read(tx -> {
            built.packaging.needs(tx, needed);
            return true;
        });
        String statement = Envelope.read(
                        built.packaging.provenance(record.made().packageDigest()))
                .payload();
        String unit = Json.tree(statement)
                .at("/predicate/runDetails/byproducts/1/digest/sha256")
                .stringValue();

        assertThat(needed.artifacts())
                .containsKeys(
                        record.made().packageDigest(),
                        record.made().sbom(),
                        record.provenance(),
                        record.made().image().orElseThrow().layout(),
                        new Digest("sha256:" + unit));
    }

    @Test
    void the_first_build_of_a_content_is_the_one_that_is_told_of() throws Exception {
        PackageRecord first = built.sign(built.make(), "ci-1");
        built.sign(built.make(), "ci-2");
        assertThat(built.packaging.record(first.made().packageDigest()).ciRun()).isEqualTo(first.ciRun());
    }

    @Test
    void what_was_not_built_is_not_there() {
        assertThatThrownBy(() -> built.packaging.record(Digest.of("x"))).hasMessageContaining("no signed package");
    }
}
