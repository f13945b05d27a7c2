package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFolderTest {
    private static final ProjectName BIRTHS = new ProjectName("births");
    private static final SecretName OWN = new SecretName(Optional.of(BIRTHS), "token");
    private static final SecretName SHARED = new SecretName(Optional.empty(), "token");

    @TempDir
    Path folder;

    private SecretFolder secrets() {
        return SecretFolder.in(folder, Clock.system(), Ids.system());
    }

    private String value(String project) {
        return secrets()
                .find(new ProjectName(project), "token")
                .map(Secrets.Secret::value)
                .orElse("none");
    }

    @Test
    void a_secret_of_the_project_goes_before_one_of_every_project() {
        assertThat(value("births")).isEqualTo("none");
        secrets().set(SHARED, "for everybody");
        secrets().set(OWN, "pässwörd\nof two lines");

        assertThat(value("births")).isEqualTo("pässwörd\nof two lines");
        assertThat(value("deaths")).isEqualTo("for everybody");
        assertThat(secrets().list()).extracting(SecretFolder.Listed::name).containsExactly(SHARED, OWN);

        secrets().remove(OWN);
        assertThat(value("births")).isEqualTo("for everybody");
        assertThatThrownBy(() -> secrets().remove(OWN)).hasMessageContaining("no secret 'token' of project births");
    }

    @Test
    void each_setting_is_another_version_even_of_the_same_value() {
        secrets().set(OWN, "hunter22");
        String first = secrets().find(BIRTHS, "token").orElseThrow().version();
        secrets().set(OWN, "hunter22");

        assertThat(secrets().find(BIRTHS, "token").orElseThrow().version()).isNotEqualTo(first);
    }

    @Test
    void nobody_else_may_read_the_files_and_none_holds_the_value() throws IOException {
        secrets().set(OWN, "hunter22");

        assertThat(Files.getPosixFilePermissions(folder.resolve("secrets")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Folders.files(folder)).hasSize(2).allSatisfy(file -> {
            assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(Files.readAllBytes(file)).asString().doesNotContain("hunter22", "aHVudGVyMjI");
        });
    }

    @Test
    void what_others_could_read_or_write_is_refused() throws IOException {
        secrets().set(OWN, "hunter22");
        Path file = folder.resolve("secrets/births/token");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> value("births")).hasMessageContaining("chmod 600 " + file);
    }

    @Test
    void a_secret_under_another_name_or_with_another_key_is_not_opened() throws IOException {
        secrets().set(OWN, "hunter22");
        Path births = folder.resolve("secrets/births");
        Files.createDirectories(folder.resolve("secrets/deaths"));
        Files.copy(births.resolve("token"), folder.resolve("secrets/deaths/token"), StandardCopyOption.COPY_ATTRIBUTES);

        assertThatThrownBy(() -> value("deaths"))
                .hasMessageContaining("cannot be decrypted")
                .hasNoCause();
        Files.delete(folder.resolve("secrets/.key"));
        assertThatThrownBy(() -> value("births"))
                .hasMessageContaining("key file")
                .hasMessageContaining("is gone");
    }

    @Test
    void a_value_that_could_not_be_masked_or_handed_over_is_refused() {
        assertThatThrownBy(() -> secrets().set(OWN, "abc")).hasMessageContaining("less than 4 characters");
        assertThatThrownBy(() -> secrets().set(OWN, "ab\0cd")).hasMessageContaining("NUL");
        assertThatThrownBy(() -> secrets().set(OWN, "x".repeat(SecretFolder.MOST_BYTES + 1)))
                .hasMessageContaining("more than");
        assertThatThrownBy(() -> new SecretName(Optional.empty(), "../token")).hasMessageContaining("secret's name");
    }
}
