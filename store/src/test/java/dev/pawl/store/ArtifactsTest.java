package dev.pawl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactsTest {
    @TempDir
    Path folder;

    @Test
    void a_file_comes_back_as_it_went_in() throws IOException {
        Artifacts artifacts = Artifacts.in(folder.resolve("store"), Ids.system());
        Path file = Files.writeString(folder.resolve("a.txt"), "hello");
        Digest digest = artifacts.put(file);
        assertThat(digest).isEqualTo(Digest.of("hello"));
        artifacts.writeTo(digest, folder.resolve("b/copy.txt"));
        assertThat(folder.resolve("b/copy.txt")).hasContent("hello");
    }

    @Test
    void equal_folders_have_equal_digests_and_come_back_with_their_executables() throws IOException {
        Artifacts artifacts = Artifacts.in(folder.resolve("store"), Ids.system());
        Path one = project("one");
        Digest digest = artifacts.put(one);
        assertThat(artifacts.put(project("two"))).isEqualTo(digest);
        artifacts.writeFolderTo(digest, folder.resolve("copy"));
        assertThat(folder.resolve("copy/src/a.txt")).hasContent("a");
        assertThat(Files.isExecutable(folder.resolve("copy/run.sh"))).isTrue();
    }

    @Test
    void a_damaged_object_is_never_returned_and_putting_it_again_mends_it() throws IOException {
        Artifacts artifacts = Artifacts.in(folder, Ids.system());
        Digest digest = artifacts.putText("precious");
        Path object = objects().getFirst();
        Files.writeString(object, "precioux");
        assertThatThrownBy(() -> artifacts.text(digest))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("damaged");
        Path target = folder.resolve("target");
        assertThatThrownBy(() -> artifacts.writeTo(digest, target)).isInstanceOf(PawlException.class);
        assertThat(target).doesNotExist();
        artifacts.putText("precious");
        assertThat(artifacts.text(digest)).isEqualTo("precious");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_write_that_fails_anywhere_leaves_no_object_behind(int operation) throws IOException {
        FailingDisk disk = new FailingDisk();
        Artifacts artifacts = new Artifacts(folder, disk, Ids.system());
        disk.failAt(operation);
        assertThatThrownBy(() -> artifacts.putText("half written"))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("No space left");
        assertThat(artifacts.has(Digest.of("half written"))).isFalse();
        assertThat(objects()).isEmpty();
        assertThat(artifacts.text(artifacts.putText("half written"))).isEqualTo("half written");
    }

    @Test
    void what_is_there_and_whole_is_not_written_again_but_counts_as_put_now() throws IOException {
        Artifacts artifacts = Artifacts.in(folder, Ids.system());
        Digest digest = artifacts.putText("made again and again");
        Path object = objects().getFirst();
        Object file = Files.readAttributes(object, BasicFileAttributes.class).fileKey();
        Files.setLastModifiedTime(object, FileTime.from(Instant.EPOCH));
        Instant before = Files.getLastModifiedTime(Files.createFile(folder.resolve("now")))
                .toInstant();

        assertThat(artifacts.put(Files.writeString(folder.resolve("a.txt"), "made again and again")))
                .isEqualTo(digest);
        assertThat(Files.readAttributes(object, BasicFileAttributes.class).fileKey())
                .isEqualTo(file);
        assertThat(Files.getLastModifiedTime(object).toInstant()).isAfterOrEqualTo(before);
    }

    @Test
    void what_is_there_counts_as_put_only_once_its_name_is_durable() throws IOException {
        FailingDisk disk = new FailingDisk();
        Artifacts artifacts = new Artifacts(folder, disk, Ids.system());
        Digest digest = artifacts.putText("there");
        Object file = Files.readAttributes(objects().getFirst(), BasicFileAttributes.class)
                .fileKey();
        disk.failAt(1);
        assertThat(artifacts.putText("there")).isEqualTo(digest);
        assertThat(Files.readAttributes(objects().getFirst(), BasicFileAttributes.class)
                        .fileKey())
                .as("it was written again")
                .isNotEqualTo(file);
    }

    @Test
    void content_too_large_to_be_compared_is_written_again() throws IOException {
        Artifacts artifacts = Artifacts.in(folder, Ids.system());
        Path large = Files.write(folder.resolve("large"), new byte[1024 * 1024]);
        Digest digest = artifacts.put(large);
        Object file = Files.readAttributes(objects().getFirst(), BasicFileAttributes.class)
                .fileKey();
        assertThat(artifacts.put(large)).isEqualTo(digest);
        assertThat(Files.readAttributes(objects().getFirst(), BasicFileAttributes.class)
                        .fileKey())
                .isNotEqualTo(file);
        assertThat(artifacts.bytes(digest)).hasSize(1024 * 1024);
    }

    @Test
    void links_are_refused() throws IOException {
        Artifacts artifacts = Artifacts.in(folder.resolve("store"), Ids.system());
        Path project = project("one");
        Files.createSymbolicLink(project.resolve("link"), Path.of("/etc/passwd"));
        assertThatThrownBy(() -> artifacts.put(project)).hasMessageContaining("link");
    }

    @Test
    void a_folder_that_names_files_outside_of_itself_is_not_unpacked() {
        Artifacts artifacts = Artifacts.in(folder.resolve("store"), Ids.system());
        Digest evil = artifacts.putText("evil");
        Digest list = artifacts.putText(Json.write(List.of(new Artifacts.Member("../../evil", evil, false))));
        assertThatThrownBy(() -> artifacts.writeFolderTo(list, folder.resolve("a/b")))
                .hasMessageContaining("outside of itself");
        assertThat(folder.resolve("evil")).doesNotExist();
    }

    @Test
    void a_second_process_is_kept_off_a_folder() {
        try (FolderLock _ = FolderLock.take(folder)) {
            assertThatThrownBy(() -> FolderLock.take(folder))
                    .isInstanceOf(PawlException.class)
                    .hasMessageContaining(folder.toString());
        }
        FolderLock.take(folder).close();
    }

    private Path project(String name) throws IOException {
        Path project = folder.resolve(name);
        Files.createDirectories(project.resolve("src"));
        Files.writeString(project.resolve("src/a.txt"), "a");
        Path script = Files.writeString(project.resolve("run.sh"), "#!/bin/sh\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return project;
    }

    private List<Path> objects() throws IOException {
        try (Stream<Path> walk = Files.walk(folder.resolve("objects"))) {
            return walk.filter(Files::isRegularFile).toList();
        }
    }
}
