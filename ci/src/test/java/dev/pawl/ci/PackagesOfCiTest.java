package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.packaging.Made;
import dev.pawl.packaging.PackageVerifier;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes with the packages that CI builds. */
class PackagesOfCiTest {
    @TempDir
    Path folder;

    private CiServer server;
    private Project project;

    @BeforeEach
    void start() {
        project = Project.in(folder.resolve("project"));
        server = CiServer.start(folder.resolve("server"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_package_is_signed_and_can_be_verified() throws Exception {
        CiRun run = server.ended(project.push(server));
        Digest digest = run.packageDigest().orElseThrow();
        Path archive = folder.resolve("births.pawl");
        try (OutputStream out = Files.newOutputStream(archive)) {
            server.packaging.export(digest, true, out);
        }

        assertThat(PackageVerifier.verify(archive, server.packaging.key())).satisfies(it -> {
            assertThat(it.problems()).isEmpty();
            assertThat(it.commit()).contains(run.commit().value());
            assertThat(it.ciRun()).contains(run.id().value());
        });
        assertThat(server.check(run.id(), "package").summary()).startsWith("package " + digest.brief() + " of 5 files");
        assertThat(server.check(run.id(), "package").evidence())
                .containsEntry("package_digest", digest.value())
                .containsKeys("sbom", "needs", "origin");
    }

    @Test
    void all_of_it_is_there_over_rest() {
        CiRun run = server.ended(project.push(server));
        String path = "/api/packages/" + run.packageDigest().orElseThrow();

        assertThat(server.get("/api/packages/key")).startsWith("200 -----BEGIN PUBLIC KEY-----");
        assertThat(server.get(path + "/sbom"))
                .contains("200 {", "\"CycloneDX\"", run.commit().value());
        assertThat(server.get(path + "/provenance")).contains("200 {", "application/vnd.in-toto+json");
        assertThat(server.get(path + "/record"))
                .contains("200 {", "\"needs\"", run.id().value());
        assertThat(server.get(path + "/archive")).contains("200 package.json");
        assertThat(server.get(path + "/image")).contains("404 ", "ci.image in pawl.yaml asks for one");
        assertThat(server.get("/api/packages/" + Digest.of("other") + "/sbom")).startsWith("404 ");
    }

    @Test
    void an_image_comes_with_it_if_asked_for() {
        project.replace("ci:\n", "ci:\n  image: { base: scratch }\n");
        CiRun run = server.ended(project.push(server));
        Made made = server.packaging.record(run.packageDigest().orElseThrow()).made();

        assertThat(server.check(run.id(), "package").summary())
                .contains("; image " + made.image().orElseThrow().digest().brief());
        assertThat(server.get("/api/packages/" + made.packageDigest() + "/image"))
                .contains("200 ", "oci-layout");
    }

    @Test
    void the_same_commit_gives_the_same_on_another_machine(@TempDir Path elsewhere) throws Exception {
        project.replace("ci:\n", "ci:\n  image: { base: scratch }\n");
        String commit = project.push(server);
        CiRun here = server.ended(commit);
        try (CiServer other = CiServer.start(elsewhere.resolve("server"))) {
            project.git().run("push", other.url("births"), "main");
            CiRun there = other.ended(commit);

            assertThat(there.packageDigest()).isEqualTo(here.packageDigest()).isPresent();
            Digest digest = here.packageDigest().orElseThrow();
            assertThat(other.packaging.record(digest).made())
                    .isEqualTo(server.packaging.record(digest).made());
        }
    }

    @Test
    void a_build_that_is_not_reproducible_is_told_with_the_files_that_differ() {
        project.replace(Map.of("ci:\n", "ci:\n  reproducible: true\n"))
                .write("build.sh", "mkdir -p lib && { pwd; date; } > lib/model.txt\n");
        CiRun run = server.ended(project.push(server));

        assertThat(run.refusedBy()).contains("package");
        assertThat(run.because().orElseThrow()).contains("is not reproducible", "1 of 5 files differ:\nlib/model.txt");
    }

    @Test
    void a_build_that_is_reproducible_passes_and_says_so() {
        project.replace("ci:\n", "ci:\n  reproducible: true\n");
        CiRun run = server.ended(project.push(server));

        assertThat(server.check(run.id(), "package").summary()).endsWith("built twice, with one content");
        assertThat(server.facts(Fact.PackageBuilt.class)).hasSize(1);
    }

    @Test
    void a_wheel_is_packaged_by_its_folder() {
        project.replace("[steps, lib/model.txt]", "[steps, lib/model.txt, dist]")
                .write(
                        "build.sh",
                        "mkdir -p lib dist && echo built > lib/model.txt && echo x >"
                                + " dist/births-1.0-py3-none-any.whl\n");
        CiRun run = server.ended(project.push(server));

        assertThat(server.packaging.sbom(run.packageDigest().orElseThrow())).contains("pkg:pypi/births@1.0");
    }
}
