package dev.pawl.delivery;

import java.nio.file.Path;
import java.util.Set;

/** A machine as a test wants it. */
record Machines(int javaVersion, long memoryBytes, Set<String> commands, Set<Path> files) implements Target {
    static final Machines ROOMY = new Machines(25, 8L << 30, Set.of("git"), Set.of(Path.of("/data/births.csv")));

    @Override
    public int cpus() {
        return 4;
    }

    @Override
    public int accelerators() {
        return 1;
    }

    @Override
    public boolean hasCommand(String command) {
        return commands.contains(command);
    }

    @Override
    public boolean hasFile(Path file) {
        return files.contains(file);
    }
}
