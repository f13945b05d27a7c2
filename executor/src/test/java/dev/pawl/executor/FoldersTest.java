package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.PawlException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    /** Deeper than a path may be long, made of two halves: not even root can list it by its path. */
    private static final String DEEP = "d=$(printf 'd%.0s' $(seq 200)); half=$(printf \"$d/%.0s\" $(seq 12));"
            + " mkdir -p a/$half b/$half && mv b a/$half";

    @TempDir
    private Path folder;

    @AfterEach
    void clear() throws Exception {
        shell("chmod -R u+rwx . && rm -rf a");
    }

    @Test
    void a_folder_that_cannot_be_read_to_its_end_is_trouble_that_says_where() throws Exception {
        shell(DEEP);
        assertThatThrownBy(() -> Folders.files(folder.resolve("a")))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("Cannot read the folder " + folder.resolve("a"));
    }

    @Test
    void what_cannot_be_deleted_is_left_behind_and_the_rest_is_not() throws Exception {
        shell("mkdir a && touch a/a a/z && " + DEEP);
        assertThatCode(() -> Folders.delete(folder.resolve("a"))).doesNotThrowAnyException();
        assertThat(folder.resolve("a/a")).doesNotExist();
        assertThat(folder.resolve("a/z")).doesNotExist();
    }

    @Test
    void closed_folders_are_deleted_and_links_are_not_followed() throws Exception {
        shell("mkdir -p a/b/c kept && touch a/b/c/file kept/file && ln -s ../kept a/link && ln -s nowhere a/dangling"
                + " && chmod 000 a/b/c && chmod 000 a/b && chmod 500 a");
        Folders.delete(folder.resolve("a"));
        assertThat(folder.resolve("a")).doesNotExist();
        assertThat(folder.resolve("kept/file")).exists();
    }

    @Test
    void a_link_to_nothing_is_deleted_too() throws Exception {
        shell("ln -s nowhere a");
        Folders.delete(folder.resolve("a"));
        assertThat(Files.isSymbolicLink(folder.resolve("a"))).isFalse();
        Folders.delete(folder.resolve("a"));
    }

    private void shell(String script) throws Exception {
        Process process = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
