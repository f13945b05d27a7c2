package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsFileTest {
    @TempDir
    Path folder;

    @Test
    void what_it_includes_belongs_to_it() throws Exception {
        Path all = write("requirements.txt", "numpy==2.0\n -r more/base.txt\n--constraint=limits.txt\n-climits.txt\n");
        Path base = write("more/base.txt", "# see ../requirements.txt\n./tiny.whl\n-r ../requirements.txt\n");
        Path wheel = write("more/tiny.whl", "wheel");
        Path limits = write("limits.txt", "numpy<3\n");

        assertThat(RequirementsFile.files(all).stream().map(Path::normalize))
                .containsExactlyInAnyOrder(all, base, wheel, limits);
    }

    @Test
    void a_change_in_any_file_or_of_python_is_another_environment() throws Exception {
        Path all = write("requirements.txt", "-r base.txt\n");
        write("base.txt", "numpy\n");
        Digest before = digest(all, "3.11");

        assertThat(digest(all, "3.11")).isEqualTo(before);
        assertThat(digest(all, "3.12")).isNotEqualTo(before);
        write("base.txt", "numpy==2.0\n");
        assertThat(digest(all, "3.11")).isNotEqualTo(before);
    }

    @Test
    void what_has_no_content_of_its_own_is_refused() throws Exception {
        Files.createDirectories(folder.resolve("code"));
        assertRefused("-e .", "'-e .' is not the same everywhere");
        assertRefused("--editable=./code", "is not the same everywhere");
        assertRefused("./code", "is not a file");
        assertRefused("-r missing.txt", "missing.txt: cannot be read");
    }

    @Test
    void a_lock_file_needs_its_project_and_its_tool() throws Exception {
        Commands commands = TestExecutors.commands();
        Path lock = write("uv.lock", "version = 1\n");
        assertThatThrownBy(() -> PythonRecipe.of(lock, commands)).hasMessageContaining("needs the pyproject.toml");
        assertThatThrownBy(() -> PythonRecipe.of(write("packages.yaml", "numpy"), commands))
                .hasMessageContaining("of no known kind");
        write("pyproject.toml", "[project]\n");
        if (!commands.has("uv")) {
            assertThatThrownBy(() -> PythonRecipe.of(lock, commands)).hasMessageContaining("needs 'uv'");
        }
    }

    private void assertRefused(String line, String why) throws IOException {
        Path file = write("refused.txt", line + "\n");
        assertThatThrownBy(() -> RequirementsFile.files(file))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.USER))
                .hasMessageContaining(why);
    }

    private Digest digest(Path file, String python) {
        return new PythonRecipe(file, RequirementsFile.files(file), PythonRecipe.Tool.PIP).digest(python);
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        return Files.writeString(file, content);
    }
}
