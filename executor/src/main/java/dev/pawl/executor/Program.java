package dev.pawl.executor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What an attempt runs. */
public sealed interface Program {
    /**
     * A step of a Java pipeline, by the worker protocol.
     *
     * @param jars the class path: jars and folders, the sdk among them
     */
    record JavaCall(List<Path> jars, String className, String method) implements Program {}

    /**
     * A command, by {@code sh -c}.
     *
     * @param requirements a Python requirements or lock file; the command finds an environment made of it first on its path
     * @param image the container image that it runs in, if any
     */
    record CommandLine(String script, Optional<Path> requirements, Optional<Image> image) implements Program {}
}
