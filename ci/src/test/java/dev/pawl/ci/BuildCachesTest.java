package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildCachesTest {
    private static final long KIB = 1024;
    private static final Digest KEY = Digest.of("key");

    @TempDir
    Path folder;

    private final SettableClock clock = SettableClock.at("2026-01-01T00:00:00Z");
    private Path made;
    private BuildCaches caches;

    @BeforeEach
    void make() throws IOException {
        made = Files.createDirectories(folder.resolve("home/.cache/pip"));
        write("wheels/a.whl", "wheel");
        caches = new BuildCaches(clock, folder.resolve("caches"), new BuildCaches.Bounds(100 * KIB, 40 * KIB));
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(made.resolve(name).getParent());
        Files.writeString(made.resolve(name), text);
    }

    private Path restored(Digest key) {
        Path to = folder.resolve("restored-" + key.brief()).resolve("pip");
        Folders.delete(to);
        return caches.restore(key, to) ? to : folder.resolve("nothing");
    }

    @Test
    void what_is_kept_is_what_was_made() throws Exception {
        Path script = made.resolve("wheels/a.whl");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-x---"));
        Files.setLastModifiedTime(script, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.createSymbolicLink(made.resolve("newest"), Path.of("wheels/a.whl"));
        Files.setPosixFilePermissions(made.resolve("wheels"), PosixFilePermissions.fromString("r-xr-xr-x"));

        assertThat(caches.restore(KEY, folder.resolve("early"))).isFalse();
        assertThat(caches.keep(KEY, made)).isEmpty();

        Path got = restored(KEY);
        assertThat(got.resolve("wheels/a.whl")).hasContent("wheel").isExecutable();
        assertThat(Files.getLastModifiedTime(got.resolve("wheels/a.whl")).toInstant())
                .isEqualTo("2020-01-01T00:00:00Z");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(got.resolve("wheels"))))
                .isEqualTo("r-xr-xr-x");
        assertThat(Files.readSymbolicLink(got.resolve("newest"))).isEqualTo(Path.of("wheels/a.whl"));
        assertThat(caches.restore(Digest.of("other"), folder.resolve("other"))).isFalse();
        Files.setPosixFilePermissions(made.resolve("wheels"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void who_got_one_cannot_change_it_for_others() throws Exception {
        caches.keep(KEY, made);
        Files.writeString(restored(KEY).resolve("wheels/a.whl"), "poison");
        write("wheels/a.whl", "poison");
        assertThat(caches.keep(KEY, made)).as("there is one already").isEmpty();

        assertThat(restored(KEY).resolve("wheels/a.whl")).hasContent("wheel");
    }

    @Test
    void links_that_lead_out_are_neither_kept_nor_followed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Files.createSymbolicLink(made.resolve("absolute"), secret);
        Files.createSymbolicLink(made.resolve("up"), Path.of("../../../secret"));
        Files.createSymbolicLink(made.resolve("folder"), folder);

        assertThat(caches.keep(KEY, made)).isEmpty();

        Path got = restored(KEY);
        assertThat(Files.exists(got.resolve("absolute"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(Folders.entries(got)).containsExactly(got.resolve("wheels"));
    }

    @Test
    void one_that_is_too_big_or_empty_is_not_kept() throws Exception {
        Path empty = folder.resolve("empty");
        Files.createDirectories(empty.resolve("folders"));
        assertThat(caches.keep(KEY, empty)).hasValue("there is nothing in it");

        write("big", "x".repeat(50 * (int) KIB));
        assertThat(caches.keep(KEY, made)).isPresent();
        write("big", "");
        for (int i = 0; i < 12; i++) {
            write("small-" + i, "");
        }
        assertThat(caches.keep(KEY, made))
                .as("files without content take room, too")
                .isPresent();
        assertThat(Folders.entries(folder.resolve("caches"))).isEmpty();
    }

    @Test
    void those_that_were_not_used_for_longest_go_first() throws Exception {
        write("half", "x".repeat(26 * (int) KIB)); // three of them are more than all may have
        for (String name : new String[] {"first", "second"}) {
            clock.tick(Duration.ofMinutes(1));
            assertThat(caches.keep(Digest.of(name), made)).isEmpty();
        }
        clock.tick(Duration.ofMinutes(1));
        assertThat(restored(Digest.of("first"))).exists();
        clock.tick(Duration.ofMinutes(1));
        assertThat(caches.keep(Digest.of("third"), made)).isEmpty();

        assertThat(restored(Digest.of("first"))).exists();
        assertThat(restored(Digest.of("second"))).doesNotExist();
        assertThat(restored(Digest.of("third"))).exists();
        assertThat(Folders.entries(folder.resolve("caches"))).hasSize(2);
    }

    @Test
    void one_that_lost_its_size_goes_alone() throws Exception {
        caches.keep(KEY, made);
        Path broken = Folders.entries(folder.resolve("caches")).getFirst();
        Files.writeString(broken.resolve("bytes"), "");
        Digest other = Digest.of("other");
        assertThat(caches.keep(other, made)).isEmpty();

        assertThat(restored(other)).exists();
        assertThat(Folders.entries(folder.resolve("caches"))).hasSize(1).doesNotContain(broken);
    }

    @Test
    void one_that_lost_its_size_is_not_given_to_builds_and_kept_anew() throws Exception {
        for (boolean there : List.of(true, false)) {
            caches.keep(KEY, made);
            Path size = Folders.entries(folder.resolve("caches")).getFirst().resolve("bytes");
            if (there) {
                Files.writeString(size, "");
            } else {
                Files.delete(size);
            }

            assertThat(caches.restore(KEY, folder.resolve("nothing"))).isFalse();
            assertThat(folder.resolve("nothing")).doesNotExist();
            assertThat(caches.keep(KEY, made)).isEmpty();
            assertThat(caches.restore(KEY, folder.resolve("again-" + there))).isTrue();
        }
    }

    @Test
    void what_was_half_made_when_a_server_died_is_no_cache() throws Exception {
        caches.keep(KEY, made);
        Path kept = Folders.entries(folder.resolve("caches")).getFirst();
        Files.createDirectories(kept.resolveSibling(Digest.of("half").hex() + "-1.new/content"));
        Files.createDirectories(kept.resolveSibling(KEY.hex() + "-2.gone/content"));

        caches.start();

        assertThat(Folders.entries(folder.resolve("caches"))).containsExactly(kept);
        assertThat(caches.restore(Digest.of("half"), folder.resolve("half"))).isFalse();
        assertThat(Optional.of(restored(KEY)).filter(Files::exists)).isPresent();
    }
}
