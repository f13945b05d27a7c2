package dev.pawl.packaging;

import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.ProjectPackage;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.Store;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A built project with a bit of everything, and a server's packaging for it. */
final class Built implements AutoCloseable {
    static final String SECRET = "hunter2-hunter2";
    private static final String YAML = """
        project: births
        pipeline:
          steps:
            count:
              run: sh steps/count.sh
              inputs: { births: data.births }
              outputs: { lines: file }
              secrets: { PASSWORD: warehouse-password }
              resources: { memory: 512MB, cpus: 2 }
        data:
          births: { path: data/births.csv }
          weather: { path: /srv/weather.csv }
        ci:
          package: [lib, steps, requirements.txt, dist]
          image: { base: scratch }
        """;
    private static final Instant COMMITTED = Instant.parse("2026-11-26T03:00:00Z");
    private static final byte[] JAVA_21 = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 65};

    final Store store;
    final Packaging packaging;
    private final Path folder;
    private final Path source;

    Built(Path folder) {
        this.folder = folder;
        this.source = folder.resolve("source");
        this.store = Store.embedded(
                Folders.make(folder.resolve("pawl")), Clock.system(), Ids.system(), List.of(Packaging.SCHEMA));
        this.packaging = new Packaging(
                store, SigningKey.in(folder.resolve("pawl"), store.ids()), this::secret, folder.resolve("packaging"));
        write("pawl.yaml", YAML);
        write("data/births.csv", "date,births\n1969-01-01,10\n");
        write("steps/count.sh", "wc -l < \"$PAWL_INPUTS/births.csv\" > \"$PAWL_OUTPUTS/lines\"\n");
        write(
                "requirements.txt",
                "# pinned\nNumPy==2.1.0 \\\n    --hash=sha256:00\npandas>=2\nscikit_learn[all] == 1.5\n");
        write("dist/births-1.0-py3-none-any.whl", "not really");
        jar(
                "lib/csv-1.2.jar",
                Map.of(
                        "META-INF/maven/org.example/csv/pom.properties",
                        properties("csv", "1.2"),
                        "META-INF/maven/org.example/inner/pom.properties",
                        properties("inner", "0.9"),
                        "a/Csv.class",
                        JAVA_21));
        jar("lib/plain.jar", Map.of("x.txt", new byte[] {1}));
        write("lib/broken.jar", "no zip");
    }

    private static byte[] properties(String artifact, String version) {
        return "groupId=org.example\nartifactId=%s\nversion=%s\n"
                .formatted(artifact, version)
                .getBytes(StandardCharsets.UTF_8);
    }

    private Optional<Secrets.Secret> secret(ProjectName project, String name) {
        return Optional.of(new Secrets.Secret(name.equals("registry") ? "ada:" + SECRET : "nothing", "1"));
    }

    Built replace(String text, String with) {
        write("pawl.yaml", YAML.replace(text, with));
        return this;
    }

    void write(String path, String content) {
        try {
            Files.createDirectories(source.resolve(path).getParent());
            Files.writeString(source.resolve(path), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void jar(String path, Map<String, byte[]> content) {
        write(path, "");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(source.resolve(path)))) {
            for (String name : content.keySet().stream().sorted().toList()) {
                ZipEntry entry = new ZipEntry(name);
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(content.get(name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path source() {
        return source;
    }

    Made make() throws InterruptedException {
        Definition definition = PawlYaml.read(source).compile(Optional.empty());
        Digest digest = ProjectPackage.keep(store.artifacts(), source, definition);
        Origin origin = new Origin(
                new ProjectName("births"),
                "pawl:git/births.git",
                "refs/heads/main",
                new CommitId("0123456789abcdef0123456789abcdef01234567"),
                COMMITTED);
        return packaging.make(
                origin,
                digest,
                definition,
                source,
                folder.resolve("work-" + store.ids().next()));
    }

    PackageRecord sign(Made made) {
        return sign(made, "ci-1");
    }

    PackageRecord sign(Made made, String ciRun) {
        List<Build.Checked> checks = List.of(
                new Build.Checked("unit", true, "12 tests passed\nin all", Map.of("tests", 12)),
                new Build.Checked("package", true, "packed", Map.of("sbom", made.sbom())));
        Digest definition =
                new Definitions(store.artifacts()).keep(PawlYaml.read(source).compile(Optional.empty()));
        Build build = new Build(
                new CiRunId(ciRun), made, definition, COMMITTED.plusSeconds(60), COMMITTED.plusSeconds(90), checks);
        return store.database().transact(tx -> packaging.sign(tx, Long.parseLong(ciRun.substring(3)), build));
    }

    /** A package that went all the way. */
    PackageRecord build() throws InterruptedException {
        return sign(make());
    }

    Path export(PackageRecord record, boolean withImage) throws IOException {
        Path archive = folder.resolve("births.pawl");
        try (OutputStream out = Files.newOutputStream(archive)) {
            packaging.export(record.made().packageDigest(), withImage, out);
        }
        return archive;
    }

    @Override
    public void close() {
        store.close();
    }
}
