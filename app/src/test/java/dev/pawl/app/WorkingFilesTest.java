package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkingFilesTest {
    @TempDir
    Path temporary;

    private final Commands commands = new Commands(Clock.system(), OwnJvm.javaHome());

    private List<String> copied(Path root) {
        WorkingFiles files = WorkingFiles.in(root, commands);
        Path target = temporary.resolve("copied");
        int number = files.checkOut(new ProjectName("x"), files.commit(), target);
        List<String> names = Folders.files(target).stream()
                .map(file -> target.relativize(file).toString())
                .toList();
        assertThat(names).hasSize(number);
        return names;
    }

    @Test
    void files_are_those_that_git_knows_or_would() throws Exception {
        Path root = TinyProject.in(temporary).folder();
        Files.delete(root.resolve("numbers.csv"));
        Files.writeString(root.resolve("new file.txt"), "new");
        Files.writeString(root.resolve(".gitignore"), "*.log\n");
        Files.writeString(root.resolve("a.log"), "ignored");
        Files.createDirectories(root.resolve(".pawl/runs"));
        Files.writeString(root.resolve(".pawl/pawl.db"), "own");

        assertThat(copied(root)).containsExactly(".gitignore", "new file.txt", "pawl.yaml", "unit.xml");
        WorkingFiles files = WorkingFiles.in(root, commands);
        assertThat(files.branch()).isEqualTo("main");
        assertThat(files.name(files.commit())).contains("at commit " + files.commit(), "3 changes uncommitted");
    }

    @Test
    void without_git_all_but_pawls_own_are_there() throws Exception {
        Path root = temporary.resolve("plain");
        Files.createDirectories(root.resolve(".pawl"));
        Files.writeString(root.resolve(".pawl/pawl.db"), "own");
        Files.writeString(root.resolve("a.txt"), "a");

        assertThat(copied(root)).containsExactly("a.txt");
        WorkingFiles files = WorkingFiles.in(root, commands);
        assertThat(files.name(files.commit())).isEqualTo("the working copy");
    }

    @Test
    void a_program_stays_one() throws Exception {
        Path root = TinyProject.in(temporary).folder();
        assertThat(root.resolve("unit.xml").toFile().setExecutable(true)).isTrue();

        copied(root);

        assertThat(temporary.resolve("copied/unit.xml").toFile().canExecute()).isTrue();
        assertThat(temporary.resolve("copied/pawl.yaml").toFile().canExecute()).isFalse();
    }

    @Test
    void a_link_is_refused_as_in_a_commit() throws IOException, InterruptedException {
        Path root = TinyProject.in(temporary).folder();
        Files.createSymbolicLink(root.resolve("secret"), Path.of("/etc/passwd"));

        assertThatThrownBy(() -> copied(root)).hasMessageContaining("secret is a symbolic link");
    }
}
