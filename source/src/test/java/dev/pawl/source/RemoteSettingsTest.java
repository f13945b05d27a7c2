package dev.pawl.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.PawlException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteSettingsTest {
    private static Remote.Settings settings(String url, Optional<String> api) {
        return new Remote.Settings(
                url, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), api, Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://ada:s3cret@git.example.org/x.git",
                "https://ada:s3cret@my_host/x.git",
                "https://ada:s3cret@/x.git",
                "https://ada:s3 cret@git.example.org/x.git",
                "ssh://ada:s3cret@git.example.org/x.git"
            })
    void a_password_is_neither_kept_nor_repeated(String url) {
        assertThatThrownBy(() -> settings(url, Optional.empty()))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("holds a name or a password")
                .hasMessageNotContaining("ada");
        assertThatThrownBy(() -> settings("https://git.example.org/x.git", Optional.of(url)))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("holds a name or a password")
                .hasMessageNotContaining("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://my_host/x.git", "https:///x.git", "http:x.git"})
    void an_address_names_a_server(String url) {
        assertThatThrownBy(() -> settings(url, Optional.empty())).isInstanceOf(PawlException.class);
    }

    @Test
    void what_is_behind_the_server_is_not_looked_at() {
        assertThat(settings("https://git.example.org:8443/@ada/x.git", Optional.empty())
                        .uri())
                .hasHost("git.example.org");
        assertThat(settings("file:///home/ada@work/x.git", Optional.empty()).uri())
                .hasScheme("file");
    }
}
