package dev.pawl.app;

import static dev.pawl.app.Typed.pawl;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Ids;
import dev.pawl.packaging.SigningKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifyCommandTest {
    @TempDir
    Path folder;

    /** Names in the file of a stranger could clear the screen and write that all is well. */
    @Test
    void a_file_does_not_control_the_terminal() throws Exception {
        Path archive = folder.resolve("evil.pawl");
        Files.write(archive, emptyFile("evil\u001b[2J\u009b\u202e"));
        Path key = folder.resolve("key.pem");
        Files.writeString(
                key,
                SigningKey.in(folder.resolve("key"), Ids.system()).trusted().pem());
        assertThat(pawl(2, "verify", archive.toString(), "--key", key.toString()))
                .contains("evil?[2J??")
                .doesNotContain("\u001b", "\u009b", "\u202e");
    }

    private static byte[] emptyFile(String name) {
        byte[] tar = new byte[1536];
        put(tar, 0, name);
        put(tar, 100, "0000644\0" + "0000000\0".repeat(2) + "00000000000\0".repeat(2) + "        " + "0");
        put(tar, 257, "ustar\00000");
        int sum = 0;
        for (byte it : tar) {
            sum += it & 0xff;
        }
        put(tar, 148, "%06o\0 ".formatted(sum));
        return tar;
    }

    private static void put(byte[] tar, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, tar, at, bytes.length);
    }
}
