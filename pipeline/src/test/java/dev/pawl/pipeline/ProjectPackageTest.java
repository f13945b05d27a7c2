package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.PawlYaml;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Ids;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectPackageTest {
    private static final String YAML = """
        project: births
        pipeline: { steps: { train: { run: python3 -m births, inputs: { csv: data.births }, outputs: [model] } } }
        data: { births: { path: data/births.csv } }
        ci: { package: [PACKAGED] }
        """;

    @TempDir
    Path repository;

    private Artifacts artifacts;

    @BeforeEach
    void openArtifacts(@TempDir Path folder) throws IOException {
        artifacts = Artifacts.in(folder, Ids.system());
        write("births/steps.py", "import math\n");
        write("data/births.csv", "date,births\n1969-01-01,8486\n");
    }

    @Test
    void it_has_what_is_named_the_relative_data_and_pawl_yaml() throws IOException {
        assertThat(artifacts.members(keep("births")).keySet())
                .containsExactly("births/steps.py", "data/births.csv", "pawl.yaml");
    }

    @Test
    void what_programs_leave_behind_makes_no_other_package() throws IOException {
        Digest clean = keep(".");
        write("births/__pycache__/steps.cpython-313.pyc", "compiled today");
        write("births/old.pyc", "compiled long ago");
        write(".git/HEAD", "ref: refs/heads/main");
        write(".pawl/ledger", "runs");

        assertThat(keep(".")).isEqualTo(clean);
    }

    @Test
    void what_a_step_names_as_its_files_must_be_in_it() throws IOException {
        assertThat(artifacts.members(keep("births", "births/s*.py")).keySet()).contains("births/steps.py");
        assertThatThrownBy(() -> keep("births", "train.py"))
                .hasMessageContaining("names 'train.py' under files, which the package does not have");
    }

    @Test
    void a_glob_names_files_whose_version_is_not_known() throws IOException {
        write("dist/births-1.0-py3-none-any.whl", "wheel");
        write("dist/births-1.0.tar.gz", "source");
        assertThat(artifacts.members(keep("'dist/*.whl'")).keySet())
                .containsExactly("data/births.csv", "dist/births-1.0-py3-none-any.whl", "pawl.yaml");
        assertThatThrownBy(() -> keep("'dist/*.jar'")).hasMessageContaining("names 'dist/*.jar', which is not there");
        assertThatThrownBy(() -> keep("'none/*.jar'")).hasMessageContaining("names 'none/*.jar', which is not there");
    }

    @Test
    void a_glob_leads_nowhere_else(@TempDir Path elsewhere) throws IOException {
        Files.writeString(Files.createDirectory(elsewhere.resolve("in")).resolve("x.jar"), "not ours");
        Files.createSymbolicLink(repository.resolve("lib"), elsewhere);
        assertThatThrownBy(() -> keep("'lib/in/*.jar'")).hasMessageContaining("which is not there");
    }

    @Test
    void links_are_refused_however_deep() throws IOException {
        Files.createSymbolicLink(repository.resolve("births/more"), repository.resolve("data"));

        assertThatThrownBy(() -> keep("births")).hasMessageContaining("births/more");
    }

    private Digest keep(String packaged, String files) throws IOException {
        return keepAs(YAML.replace("PACKAGED", packaged).replace("inputs:", "files: [" + files + "], inputs:"));
    }

    private Digest keep(String packaged) throws IOException {
        return keepAs(YAML.replace("PACKAGED", packaged));
    }

    private Digest keepAs(String yaml) throws IOException {
        write("pawl.yaml", yaml);
        return ProjectPackage.keep(
                artifacts, repository, PawlYaml.read(repository).compile(Optional.empty()));
    }

    private void write(String name, String content) throws IOException {
        Path file = repository.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, content);
    }
}
