package dev.pawl.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Ids;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyTest {
    private static final byte[] MESSAGE = "a package".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void a_key_is_made_once_and_for_its_owner_alone() throws Exception {
        SigningKey key = SigningKey.in(folder, Ids.system());
        Path file = folder.resolve("signing-key.pem");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(SigningKey.in(folder, Ids.system()).id()).isEqualTo(key.id());
        assertThat(SigningKey.in(folder.resolve("other"), Ids.system()).id()).isNotEqualTo(key.id());
    }

    @Test
    void what_it_signs_is_verified_with_the_public_half_alone() {
        SigningKey key = SigningKey.in(folder, Ids.system());
        TrustedKey trusted = TrustedKey.parse(key.trusted().pem());

        assertThat(key.trusted().pem()).startsWith("-----BEGIN PUBLIC KEY-----").doesNotContain("PRIVATE");
        assertThat(trusted.id()).isEqualTo(key.id());
        assertThat(trusted.verifies(MESSAGE, key.sign(MESSAGE))).isTrue();
        assertThat(trusted.verifies("another".getBytes(StandardCharsets.UTF_8), key.sign(MESSAGE)))
                .isFalse();
        assertThat(trusted.verifies(MESSAGE, new byte[64])).isFalse();
        assertThat(trusted.verifies(MESSAGE, new byte[3])).isFalse();
    }

    @Test
    void the_same_content_has_the_same_signature() {
        assertThat(SigningKey.in(folder, Ids.system()).sign(MESSAGE))
                .isEqualTo(SigningKey.in(folder, Ids.system()).sign(MESSAGE));
    }

    @Test
    void a_key_that_others_can_read_or_that_is_damaged_signs_nothing() throws Exception {
        SigningKey.in(folder, Ids.system());
        Path file = folder.resolve("signing-key.pem");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> SigningKey.in(folder, Ids.system())).hasMessageContaining("chmod 600");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String other =
                SigningKey.in(folder.resolve("other"), Ids.system()).trusted().pem();
        String mixed = Files.readString(file).replaceAll("(?s)-----BEGIN PUBLIC.*", "") + other;
        Files.writeString(file, mixed);
        assertThatThrownBy(() -> SigningKey.in(folder, Ids.system())).hasMessageContaining("is damaged");
    }

    @Test
    void what_is_no_key_is_refused() {
        assertThatThrownBy(() -> TrustedKey.parse("no")).hasMessageContaining("BEGIN PUBLIC KEY");
        assertThatThrownBy(() -> TrustedKey.parse("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"))
                .hasMessageContaining("not a public key of Ed25519");
    }
}
