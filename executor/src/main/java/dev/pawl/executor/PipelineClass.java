package dev.pawl.executor;

import dev.pawl.kernel.PawlException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks a Java pipeline what its steps are, in a process of its own: a user's class is never loaded into the server. */
public final class PipelineClass {
    private static final String DESCRIBE_MAIN = "dev.pawl.sdk.DescribeMain";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final int MOST_ERROR_TEXT = 20_000;

    private PipelineClass() {}

    /**
     * The description of a pipeline class as JSON (docs/reference/step-contract.md).
     *
     * @param javaHome the JDK that runs it
     * @param classPath the jars and folders of the pipeline, the sdk among them
     * @throws PawlException with the class's own list of what is wrong with it
     */
    public static String describe(Commands commands, Path javaHome, List<Path> classPath, String className)
            throws InterruptedException {
        return describe(commands, javaHome, classPath, className, _ -> {});
    }

    /** @param started learns of the process before it begins, so that a server that dies can end it later */
    public static String describe(
            Commands commands,
            Path javaHome,
            List<Path> classPath,
            String className,
            Consumer<Commands.Started> started)
            throws InterruptedException {
        Path folder = makeFolder();
        try {
            return describe(commands, javaHome, classPath, className, started, folder);
        } catch (IOException e) {
            throw PawlException.external("disk-trouble", "Cannot describe " + className + ": " + e, e);
        } finally {
            Folders.delete(folder);
        }
    }

    private static String describe(
            Commands commands,
            Path javaHome,
            List<Path> classPath,
            String className,
            Consumer<Commands.Started> started,
            Path folder)
            throws InterruptedException, IOException {
        Path description = folder.resolve("description.json");
        Path log = folder.resolve("log.txt");
        List<String> line = java(javaHome, classPath, DESCRIBE_MAIN, className, description.toString());
        var result = commands.run(new Commands.Command(line, folder, Map.of(), log, TIMEOUT), started);
        if (!result.succeeded() || !Files.isRegularFile(description)) {
            throw PawlException.user("bad-pipeline-class", errorText(className, result, log));
        }
        return Files.readString(description);
    }

    /** The command line that runs a class of the sdk. C1 alone and the serial collector start fastest. */
    private static List<String> java(Path javaHome, List<Path> classPath, String... mainAndArguments) {
        String path = classPath.stream()
                .map(entry -> entry.toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
        var line = new ArrayList<>(List.of(
                javaHome.resolve("bin").resolve("java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                path));
        line.addAll(List.of(mainAndArguments));
        return line;
    }

    private static String errorText(String className, Commands.Result result, Path log) throws IOException {
        if (result.timedOut()) {
            return "The pipeline class %s could not be described within %s: does a static initialiser block?"
                    .formatted(className, TIMEOUT);
        }
        String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
        return "The pipeline class %s cannot be used (exit code %d):%n%s"
                .formatted(className, result.exit(), text.substring(0, Math.min(text.length(), MOST_ERROR_TEXT)));
    }

    private static Path makeFolder() {
        try {
            return Files.createTempDirectory("pawl-describe");
        } catch (IOException e) {
            throw PawlException.external("disk-trouble", "Cannot make a temporary folder: " + e, e);
        }
    }
}
