package dev.pawl.executor;

import dev.pawl.executor.Program.CommandLine;
import java.util.List;
import java.util.Optional;

class ProcessExecutorTest extends ExecutorKit {
    @Override
    Program program(Act act) {
        return new CommandLine(Scripts.of(act), Optional.empty(), Optional.empty());
    }

    @Override
    int many() {
        return 200;
    }

    @Override
    List<String> usualVariables() {
        return List.of("HOME", "JAVA_HOME", "LANG", "PATH", "password");
    }
}
