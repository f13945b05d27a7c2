package dev.pawl.executor;

import dev.pawl.executor.Program.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ContainerExecutorTest extends ExecutorKit {
    @BeforeAll
    static void image(@TempDir Path folder) throws Exception {
        TestImage.make(folder);
    }

    @Override
    Program program(Act act) {
        return new CommandLine(Scripts.of(act), Optional.empty(), Optional.of(new Image(TestImage.NAME, false)));
    }

    @Override
    List<String> usualVariables() {
        return List.of("HOME", "HOSTNAME", "PATH", "TERM", "container", "password");
    }
}
