package dev.pawl.executor;

import dev.pawl.executor.Program.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ContainerExecutorTest extends ExecutorKit {
    private static Optional<Image> image = Optional.empty();

    @BeforeAll
    static void image(@TempDir Path folder) throws Exception {
        image = Optional.of(TestImage.make(folder));
    }

    @Override
    Program program(Act act) {
        return new CommandLine(Scripts.of(act), Optional.empty(), image);
    }

    @Override
    int many() {
        return 10;
    }

    @Override
    List<String> usualVariables() {
        return List.of("HOME", "HOSTNAME", "PATH", "password");
    }

    /** Podman sets two more than Docker does. */
    @Override
    List<String> otherVariables() {
        return List.of("TERM", "container", "PWD", "OLDPWD", "SHLVL", "_");
    }
}
