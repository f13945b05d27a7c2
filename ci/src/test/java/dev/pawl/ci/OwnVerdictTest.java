package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Ids;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnVerdictTest {
    @TempDir
    Path root;

    private Path folder;
    private Artifacts artifacts;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectories(root.resolve("verdict/within"));
        artifacts = Artifacts.in(root.resolve("artifacts"), Ids.system());
        Files.writeString(root.resolve("secret"), "key");
        Files.createSymbolicLink(folder.resolve("link"), root.resolve("secret"));
        Files.createSymbolicLink(folder.resolve("away"), root);
        Files.createDirectories(folder.resolve("plots"));
        Files.writeString(folder.resolve("plots/a.svg"), "<svg/>");
    }

    private OwnVerdict read(String text) throws IOException {
        Files.writeString(folder.resolve(OwnVerdict.FILE), text);
        return OwnVerdict.read(folder, artifacts);
    }

    @Test
    void it_may_be_missing_or_say_little() throws IOException {
        assertThat(OwnVerdict.read(folder, artifacts)).isEqualTo(OwnVerdict.none());
        assertThat(read("{}")).isEqualTo(OwnVerdict.none());
    }

    /** A command in a container can put a link in the place of the folder, to one that only the server sees. */
    @Test
    void a_folder_that_is_a_link_is_not_read() throws IOException {
        Files.writeString(folder.resolve(OwnVerdict.FILE), "{}");
        Path link = Files.createSymbolicLink(folder.resolveSibling("link"), folder);

        assertThatThrownBy(() -> OwnVerdict.read(link, artifacts)).hasMessageContaining("a link leads to it");
    }

    @Test
    void files_are_kept_by_their_paths() throws IOException {
        OwnVerdict verdict = read("{\"files\": [\"./plots/a.svg\"], \"summary\": \" fair \"}");

        assertThat(verdict.files()).containsOnlyKeys("plots/a.svg");
        assertThat(artifacts.text(verdict.files().firstEntry().getValue())).isEqualTo("<svg/>");
        assertThat(verdict.summary()).hasValue("fair");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nonsense                       | is wrong: This JSON cannot be read (line 1, column 1)
        []                             | must be a JSON object
        {"summary": 1}                 | has a 'summary' that is not one line of text
        {"summary": "a\\nb"}           | has a 'summary' that is not one line of text
        {"evidence": []}               | has 'evidence' that is not a JSON object
        {"files": "a.svg"}             | has 'files' that are not a list of 20 paths at the most
        {"files": [1]}                 | has 'files' that are not a list of 20 paths at the most
        {"files": ["../../secret"]}    | names '../../secret', which is not in its folder
        {"files": ["/etc/passwd"]}     | names '/etc/passwd', which is not in its folder
        {"files": ["."]}               | names '.', which is not in its folder
        {"files": ["plots"]}           | names 'plots', which is not there or no regular file
        {"files": ["b.svg"]}           | names 'b.svg', which is not there or no regular file
        {"files": ["link"]}            | names 'link', which is not there or no regular file
        {"files": ["away/secret"]}     | names 'away/secret', which is not there or no regular file
        {"files": ["a\\u0000b"]}       | which is no path
        """)
    void what_is_wrong_is_told(String text, String because) {
        assertThatThrownBy(() -> read(text))
                .hasMessageStartingWith("verdict.json ")
                .hasMessageContaining(because);
    }

    @Test
    void it_is_bounded() throws IOException {
        String deep = IntStream.range(0, 25).mapToObj(_ -> "{\"a\":").reduce("", String::concat) + 1 + "}".repeat(25);
        assertThatThrownBy(() -> read("{\"evidence\":" + deep + "}")).hasMessageContaining("20 levels deep");
        assertThatThrownBy(() -> read("{\"summary\": \"" + "x".repeat(OwnVerdict.MOST_BYTES) + "\"}"))
                .hasMessage("verdict.json has more than 1,048,576 bytes");
        Files.write(folder.resolve("big"), new byte[(int) OwnVerdict.MOST_FILE_BYTES + 1]);
        assertThatThrownBy(() -> read("{\"files\": [\"big\"]}"))
                .hasMessage("verdict.json names files of more than 16,777,216 bytes together");
    }

    @Test
    void it_is_text_in_a_file_of_its_own() throws IOException {
        Files.write(folder.resolve(OwnVerdict.FILE), "{\"summary\": \"é\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> OwnVerdict.read(folder, artifacts)).hasMessage("verdict.json is not UTF-8");

        Files.delete(folder.resolve(OwnVerdict.FILE));
        Files.createSymbolicLink(folder.resolve(OwnVerdict.FILE), root.resolve("secret"));
        assertThatThrownBy(() -> OwnVerdict.read(folder, artifacts)).hasMessage("verdict.json is no regular file");
    }
}
