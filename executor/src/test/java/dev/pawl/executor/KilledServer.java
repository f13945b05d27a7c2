package dev.pawl.executor;

import dev.pawl.executor.Commands.Started;
import dev.pawl.kernel.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A server in a process of its own that runs one program and is killed meanwhile. */
record KilledServer(Process process) {
    static KilledServer start(Path folder, Execution execution) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path order = folder.resolveSibling("order.json");
        Files.writeString(order, Json.write(Order.of(execution)));
        return new KilledServer(new ProcessBuilder(
                        TestExecutors.JAVA_HOME.resolve("bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        KilledServer.class.getName(),
                        folder.toString(),
                        order.toString())
                .redirectError(Redirect.INHERIT)
                .start());
    }

    /** @return the process of its program */
    Started kill() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String[] words = out.readLine().split(" ");
        process.destroyForcibly().onExit().join();
        return new Started(Long.parseLong(words[0]), Instant.parse(words[1]));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        Execution execution =
                Json.read(Files.readString(Path.of(arguments[1])), Order.class).execution();
        try (Executor executor = TestExecutors.local(folder)) {
            executor.run(execution, started -> System.out.println(started.pid() + " " + started.at()));
        }
    }

    /** An execution as JSON: with a Java call's method, or a command's script and image. */
    record Order(
            Optional<String> method,
            Optional<String> script,
            Optional<String> image,
            String folder,
            Map<String, String> environment) {
        static Order of(Execution execution) {
            return switch (execution.program()) {
                case Program.JavaCall call ->
                    new Order(
                            Optional.of(call.method()),
                            Optional.empty(),
                            Optional.empty(),
                            execution.folder().toString(),
                            execution.environment());
                case Program.CommandLine line ->
                    new Order(
                            Optional.empty(),
                            Optional.of(line.script()),
                            line.image().map(Image::reference),
                            execution.folder().toString(),
                            execution.environment());
            };
        }

        Execution execution() {
            Program program = method.<Program>map(
                            name -> new Program.JavaCall(TestExecutors.stepClasses(), TestSteps.class.getName(), name))
                    .orElseGet(() -> new Program.CommandLine(
                            script.orElseThrow(), Optional.empty(), image.map(name -> new Image(name, false))));
            Limits limits = Limits.within(Duration.ofMinutes(2));
            return new Execution(
                    "killed",
                    program,
                    Path.of(folder),
                    ExecutorRig.call(Path.of(folder)),
                    environment,
                    Map.of(),
                    limits);
        }
    }
}
