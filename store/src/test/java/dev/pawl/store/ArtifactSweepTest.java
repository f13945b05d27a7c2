package dev.pawl.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactSweepTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;

    private Artifacts artifacts;

    @BeforeEach
    void open() {
        artifacts = Artifacts.in(folder, Ids.system());
    }

    @Test
    void what_is_old_is_set_aside_and_deleted() throws IOException {
        Digest old = aged("old");
        artifacts.putText("new");
        try (ArtifactSweep sweep = new ArtifactSweep(artifacts, "one")) {
            Instant since = sweep.now().minus(HOUR);
            assertThat(sweep.kept()).hasSize(2);
            assertThat(sweep.setAside(old, since)).isTrue();
            assertThat(sweep.setAside(Digest.of("new"), since)).isFalse();
            assertThat(sweep.delete(old)).isTrue();
        }
        assertThat(artifacts.has(old)).isFalse();
        assertThat(artifacts.text(Digest.of("new"))).isEqualTo("new");
        assertThatThrownBy(() -> artifacts.text(old)).hasMessageContaining("There is no artifact");
    }

    @Test
    void what_is_put_again_meanwhile_stays() throws IOException {
        Digest digest = aged("wanted");
        try (ArtifactSweep sweep = new ArtifactSweep(artifacts, "one")) {
            sweep.setAside(digest, sweep.now().minus(HOUR));
            artifacts.putText("wanted");
            sweep.delete(digest);
        }
        assertThat(artifacts.text(digest)).isEqualTo("wanted");
    }

    @Test
    void what_is_read_meanwhile_comes_back_and_counts_as_new() throws IOException {
        Digest digest = aged("wanted");
        try (ArtifactSweep sweep = new ArtifactSweep(artifacts, "one")) {
            Instant since = sweep.now().minus(HOUR);
            sweep.setAside(digest, since);
            assertThat(artifacts.text(digest)).isEqualTo("wanted");
            assertThat(sweep.delete(digest)).isFalse();
            assertThat(sweep.setAside(digest, since)).isFalse();
        }
        assertThat(artifacts.has(digest)).isTrue();
    }

    @Test
    @SuppressWarnings("resource") // it is killed
    void what_a_killed_collection_left_is_there_and_the_next_one_brings_it_back() throws IOException {
        Digest read = aged("read");
        Digest unread = aged("unread");
        ArtifactSweep killed = new ArtifactSweep(artifacts, "killed");
        killed.setAside(read, killed.now().minus(HOUR));
        killed.setAside(unread, killed.now().minus(HOUR));
        assertThat(artifacts.has(read)).isTrue();
        try (ArtifactSweep next = new ArtifactSweep(artifacts, "next")) {
            next.tidy(next.now().minus(HOUR));
            assertThat(next.kept()).extracting(ArtifactSweep.Kept::digest).containsExactlyInAnyOrder(read, unread);
        }
        assertThat(folder.resolve("set-aside")).isEmptyDirectory();
        assertThat(killed.delete(unread)).isFalse();
        assertThat(artifacts.text(unread)).isEqualTo("unread");
    }

    @Test
    void a_folder_is_told_from_a_file_that_only_looks_like_one() {
        Digest member = artifacts.putText("member");
        var files = new TreeMap<String, Digest>();
        files.put("a", member);
        try (ArtifactSweep sweep = new ArtifactSweep(artifacts, "one")) {
            assertThat(sweep.contents(artifacts.folder(files))).containsExactly(member);
            assertThat(sweep.contents(artifacts.putText("[{\"digest\":\"sha256:nonsense")))
                    .isEmpty();
            assertThat(sweep.contents(Digest.of("not there"))).isEmpty();
        }
    }

    private Digest aged(String text) throws IOException {
        Digest digest = artifacts.putText(text);
        Files.setLastModifiedTime(artifacts.path(digest), FileTime.from(Instant.EPOCH));
        return digest;
    }
}
