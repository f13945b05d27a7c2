package dev.pawl.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is changed in an exported package, it is told, and which file it is. */
class PackageVerifierTest {
    @TempDir
    Path folder;

    private Built built;
    private PackageRecord record;
    private Path archive;

    @BeforeEach
    void export() throws Exception {
        built = new Built(folder);
        record = built.build();
        archive = built.export(record, true);
    }

    @AfterEach
    void close() {
        built.close();
    }

    private Verification verify() {
        return PackageVerifier.verify(archive, built.packaging.key());
    }

    @Test
    void what_was_exported_is_right() {
        assertThat(verify()).satisfies(it -> {
            assertThat(it.problems()).isEmpty();
            assertThat(it.packageDigest()).contains(record.made().packageDigest());
            assertThat(it.project()).contains("births");
            assertThat(it.ciRun()).contains("ci-1");
            assertThat(it.files()).isEqualTo(8);
            assertThat(it.image()).isTrue();
        });
    }

    @Test
    void it_is_also_right_without_the_image_and_the_same_every_time() throws Exception {
        archive = built.export(record, false);
        Digest first = Digest.of(Files.readAllBytes(archive));
        assertThat(verify().problems()).isEmpty();
        assertThat(verify().image()).isFalse();
        assertThat(Digest.of(Files.readAllBytes(built.export(record, false)))).isEqualTo(first);
    }

    @Test
    void a_change_of_any_file_is_told_with_its_name() throws Exception {
        Map<String, byte[]> files = files();
        for (String name : files.keySet()) {
            Map<String, byte[]> changed = new LinkedHashMap<>(files);
            changed.put(name, flipped(files.get(name)));
            write(changed);
            assertThat(verify().problems())
                    .as(name)
                    .isNotEmpty()
                    .anyMatch(problem -> problem.file().equals(name));
        }
    }

    @Test
    void a_file_that_is_missing_is_told() throws Exception {
        Map<String, byte[]> files = files();
        for (String name : files.keySet()) {
            Map<String, byte[]> changed = new LinkedHashMap<>(files);
            changed.remove(name);
            write(changed);
            assertThat(verify().passed()).as(name).isFalse();
        }
    }

    @Test
    void a_file_too_many_is_told() throws Exception {
        for (String name : List.of("files/steps/more.sh", "more", "image/blobs/sha256/" + "0".repeat(64))) {
            Map<String, byte[]> changed = files();
            changed.put(name, new byte[] {1});
            write(changed);
            assertThat(verify().problems()).contains(new Problem("unknown-file", name, "nothing signed tells of it"));
        }
    }

    /** Headers, padding and the end are no content, and are not to be played with either. */
    @Test
    void no_byte_of_it_can_be_changed() throws Exception {
        archive = built.export(record, false);
        byte[] bytes = Files.readAllBytes(archive);
        List<Integer> unseen = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += 37) {
            bytes[at] ^= 1;
            Files.write(archive, bytes);
            if (verify().passed()) {
                unseen.add(at);
            }
            bytes[at] ^= 1;
        }
        assertThat(unseen).isEmpty();
    }

    /** Layers are too long for every byte: what is short and of the image is changed wherever it can be. */
    @Test
    void no_byte_of_what_an_image_says_of_itself_can_be_changed() throws Exception {
        for (String name : List.of("image/index.json", "image/oci-layout")) {
            byte[] bytes = java.util.Objects.requireNonNull(files().get(name));
            for (int at = 0; at < bytes.length; at++) {
                byte[] changed = bytes.clone();
                changed[at] ^= 1;
                Map<String, byte[]> files = files();
                files.put(name, changed);
                write(files);
                assertThat(verify().problems())
                        .as("%s, %d", name, at)
                        .extracting(Problem::file)
                        .contains(name);
            }
            archive = built.export(record, true);
        }
    }

    @Test
    void no_more_texts_are_held_than_agreed() {
        assertThat(ArchiveReading.of(archive, 100).problems())
                .extracting(Problem::code)
                .contains("too-long");
    }

    @Test
    void an_archive_that_was_cut_or_continued_is_told() throws Exception {
        byte[] bytes = Files.readAllBytes(archive);
        Files.write(archive, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(verify().passed()).isFalse();
        Files.write(archive, java.util.Arrays.copyOf(bytes, bytes.length + 512));
        assertThat(codes()).containsExactly("not-as-written");
        Files.writeString(archive, "not a tar at all, and long enough to be one perhaps".repeat(40));
        assertThat(verify().passed()).isFalse();
        Files.write(archive, new byte[0]);
        assertThat(verify().passed()).isFalse();
    }

    @Test
    void the_signature_of_another_server_is_not_believed() {
        TrustedKey other = SigningKey.in(folder.resolve("other"), Ids.system()).trusted();
        assertThat(PackageVerifier.verify(archive, other).problems())
                .extracting(Problem::code)
                .contains("other-key");
    }

    /** Who has no key can still write the name of one. */
    @Test
    void a_statement_signed_again_under_a_trusted_name_is_not_believed() throws Exception {
        SigningKey thief = SigningKey.in(folder.resolve("thief"), Ids.system());
        Map<String, byte[]> files = files();
        Envelope envelope =
                Envelope.read(built.packaging.provenance(record.made().packageDigest()));
        Envelope again = Envelope.sign(thief, envelope.payload().replace("refs/heads/main", "refs/heads/evil"));
        Envelope lie = new Envelope(again.payload(), envelope.keyId(), again.signature());
        files.put(Provenance.FILE, lie.json().getBytes(StandardCharsets.UTF_8));
        write(files);
        assertThat(codes()).containsExactly("bad-signature");
    }

    @Test
    void the_statement_of_another_package_is_not_taken() throws Exception {
        built.write("steps/count.sh", "echo 0 > \"$PAWL_OUTPUTS/lines\"\n");
        PackageRecord other = built.sign(built.make(), "ci-2");
        Map<String, byte[]> files = files();
        files.put(
                Provenance.FILE,
                built.packaging.provenance(other.made().packageDigest()).getBytes(StandardCharsets.UTF_8));
        write(files);
        assertThat(codes()).contains("other-package", "other-sbom", "other-image");
    }

    @Test
    void paths_that_lead_outside_and_things_that_are_no_files_are_told() throws Exception {
        for (String path : List.of("../evil", "/etc/passwd", "files/../../evil", "files//x", "./files/x")) {
            Map<String, byte[]> files = files();
            files.put(path, new byte[] {1});
            write(files);
            assertThat(verify().problems()).as(path).anyMatch(it -> it.code().equals("bad-path"));
        }
        write(files(), link("files/steps/count.sh.link"));
        assertThat(codes()).contains("not-a-file");
    }

    @Test
    void a_file_that_is_there_twice_is_told() throws Exception {
        Map<String, byte[]> files = files();
        TarArchiveEntry entry = new TarArchiveEntry("files/steps/count.sh");
        write(files, entry);
        assertThat(codes()).contains("file-twice");
    }

    @Test
    void executable_is_part_of_the_content() throws Exception {
        write(files(), Tar.EXECUTABLE);
        assertThat(codes()).contains("other-mode");
    }

    @Test
    void what_is_not_there_cannot_be_verified() {
        assertThatThrownBy(() -> PackageVerifier.verify(folder.resolve("none"), built.packaging.key()))
                .hasMessageContaining("is not there");
    }

    private List<String> codes() {
        return verify().problems().stream().map(Problem::code).toList();
    }

    /** Of text, the change leaves JSON what it was in shape: a letter within is another one. */
    private static byte[] flipped(byte[] bytes) {
        byte[] changed = bytes.clone();
        changed[changed.length / 2] ^= 1;
        return changed;
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (InputStream file = Files.newInputStream(built.export(record, true));
                TarArchiveInputStream in = new TarArchiveInputStream(file)) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        return files;
    }

    private void write(Map<String, byte[]> files, TarArchiveEntry... more) throws IOException {
        write(files, Tar.PLAIN, more);
    }

    private void write(Map<String, byte[]> files, int mode, TarArchiveEntry... more) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(bytes)) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                entry.setMode(mode);
                entry.setModTime(0);
                entry.setIds(0, 0);
                entry.setNames("", "");
                out.putArchiveEntry(entry);
                out.write(file.getValue());
                out.closeArchiveEntry();
            }
            for (TarArchiveEntry entry : more) {
                out.putArchiveEntry(entry);
                out.closeArchiveEntry();
            }
        }
        try (OutputStream out = Files.newOutputStream(archive)) {
            bytes.writeTo(out);
        }
    }

    private static TarArchiveEntry link(String name) {
        TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
        entry.setLinkName("/etc/passwd");
        return entry;
    }
}
