package dev.pawl.delivery;

import java.nio.file.Path;

/** What the machine behind an environment offers; asked anew for every deployment. */
public interface Target {
    /** The feature version of its Java, for example 25. */
    int javaVersion();

    /** All memory that steps could have, in bytes. */
    long memoryBytes();

    /** How many processors steps could have. */
    int cpus();

    /** How many accelerators, GPUs and the like, steps could have. */
    int accelerators();

    /** Whether a command of this name is on the PATH. */
    boolean hasCommand(String command);

    /** Whether a file is there and can be read. */
    boolean hasFile(Path file);

    /** The machine that this process runs on, as far as its container lets it. */
    static Target thisMachine() {
        return ThisMachine.INSTANCE;
    }
}
