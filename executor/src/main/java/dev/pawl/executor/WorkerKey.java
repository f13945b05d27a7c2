package dev.pawl.executor;

import dev.pawl.executor.Program.JavaCall;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What steps must have in common to run in the same JVM, one after the other.
 *
 * @param jars the class path, so that code of different packages never meets
 * @param observed a JVM for one step alone: what classes read as they are initialised is read once in a JVM
 */
record WorkerKey(List<Path> jars, long heapBytes, Map<String, String> environment, boolean observed) {
    /** What the caller says of one attempt only; a Java step is told it with its call. */
    private static final String OF_THE_ATTEMPT = "PAWL_";

    /** The step's own code may be far below what reads. */
    private static final String DEEP = "-XX:FlightRecorderOptions:stackdepth=256";

    static WorkerKey of(JavaCall call, Execution execution, WorkerSettings settings) {
        long memory = execution.limits().memoryBytes();
        Map<String, String> environment = new TreeMap<>(execution.environment());
        environment.keySet().removeIf(name -> name.startsWith(OF_THE_ATTEMPT));
        return new WorkerKey(
                call.jars(), memory > 0 ? memory : settings.heapBytes(), environment, execution.observed());
    }

    /**
     * The command line of the JVM. Both compilers: a worker lives long enough for the second to pay. The serial collector takes
     * the least memory. Nothing is written outside of the given folder, also by one that is killed.
     */
    List<String> line(Path javaHome, String main, Path folder) {
        List<String> line = new ArrayList<>(List.of(
                javaHome.resolve("bin").resolve("java").toString(),
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx" + heapBytes,
                "-XX:-UsePerfData",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-Djava.io.tmpdir=" + folder,
                "-Djava.awt.headless=true",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        if (observed) {
            line.add(DEEP);
        }
        line.addAll(List.of("-cp", classPath(), main));
        return line;
    }

    private String classPath() {
        return jars.stream()
                .map(jar -> jar.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
