package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static dev.pawl.pipeline.TestStep.step;

import dev.pawl.definition.Definition;
import dev.pawl.executor.Executors;
import dev.pawl.executor.Folders;
import dev.pawl.executor.Image;
import dev.pawl.executor.LocalSettings;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.sdk.Step;
import dev.pawl.store.Store;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A whole server on SQLite in a process of its own, for {@link RandomKillsTest}. It answers lines with lines: {@code run ID
 * NUMBER} once the run is handed in durably, {@code open} with how many are; it ends in good order when nothing more can come.
 *
 * @param process to be killed
 */
record FireServer(Process process, BufferedReader answers) {
    /** So often may a step be killed. */
    static final int ATTEMPTS = 1_000;

    /** Every third run has a step that fails by itself. */
    static boolean fails(int run) {
        return run % 3 == 2;
    }

    static FireServer start(Path folder, Image image) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FireServer.class.getName(),
                        folder.toString(),
                        image.reference())
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()))
                .start();
        return new FireServer(
                process, new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    /** Empty if it was killed before it answered. */
    Optional<String> ask(String question) {
        try {
            OutputStream in = process.getOutputStream();
            in.write((question + "\n").getBytes(StandardCharsets.UTF_8));
            in.flush();
            return Optional.ofNullable(answers.readLine());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Image image = new Image(arguments[1], false);
        Path work = folder.resolve("work");
        try (Store store = Store.embedded(folder, Clock.system(), Ids.system(), List.of(Orchestrator.SCHEMA))) {
            Definitions definitions = new Definitions(store.artifacts());
            Digest packageDigest = store.artifacts().put(packageIn(Folders.make(folder.resolve("package"))));
            try (Orchestrator orchestrator = new Orchestrator(
                    store,
                    definitions,
                    work,
                    Executors.local(Clock.system(), LocalSettings.ofThisMachine(), work),
                    Places.inDefaultPool(4),
                    (_, _) -> Optional.empty())) {
                orchestrator.start();
                var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
                for (String line = questions.readLine(); line != null; line = questions.readLine()) {
                    String[] words = line.split(" ");
                    if (words[0].equals("run")) {
                        Definition definition = definition(folder.resolve("marks"), image, Integer.parseInt(words[2]));
                        RunQueue.RunSpec spec = spec(words[1], packageDigest, definitions.keep(definition));
                        store.database().change(tx -> orchestrator.submit(tx, spec));
                        System.out.println(words[1]);
                    } else {
                        long open = store.database().read(tx -> new RunStore().open(tx));
                        System.out.println(open);
                    }
                }
            }
        }
    }

    private static RunQueue.RunSpec spec(String id, Digest packageDigest, Digest definition) {
        return new RunQueue.RunSpec(
                new RunId(id),
                new ProjectName("test"),
                Fact.Purpose.EXPERIMENT,
                Optional.empty(),
                packageDigest,
                definition,
                Instant.parse("1971-01-10T00:00:00Z"),
                Optional.empty(),
                "a test");
    }

    /** Something of each executor side by side, and all of it put together. */
    private static Definition definition(Path marks, Image image, int run) {
        int millis = 100 + 37 * (run % 11);
        return pipeline(
                step("first", alone(marks, "first", run) + "echo " + run + " > ../outputs/first")
                        .attempts(ATTEMPTS),
                step("java", "java")
                        .java(FireSteps.class)
                        .after("first")
                        .parameter("marks", marks.toString())
                        .parameter("run", run)
                        .parameter("millis", millis)
                        .attempts(ATTEMPTS),
                step(
                                "process",
                                alone(marks, "process", run)
                                        + "sleep 0.%d; echo $(cat ../inputs/first) process > ../outputs/process"
                                                .formatted(millis))
                        .after("first")
                        .attempts(ATTEMPTS),
                step(
                                "container",
                                "sleep 0.%d; echo $(cat $PAWL_INPUTS/first) container > $PAWL_OUTPUTS/container"
                                        .formatted(millis))
                        .container(image)
                        .after("first")
                        .attempts(ATTEMPTS),
                fails(run)
                        ? step("last", "exit 3").after("java", "process", "container")
                        : step(
                                        "last",
                                        alone(marks, "last", run)
                                                + "cat ../inputs/java ../inputs/process ../inputs/container >"
                                                + " ../outputs/last")
                                .after("java", "process", "container")
                                .attempts(ATTEMPTS));
    }

    /** Counts its beginnings. Whoever is not alone says so in a mark. */
    private static String alone(Path marks, String step, int run) {
        return "cd %s; exec 9> lock-%s-%d; flock -n 9 || echo %s-%d > not-alone; echo x >> begun-%s-%d; cd - > /dev/null; "
                .formatted(marks, step, run, step, run, step, run);
    }

    /** The sdk and the steps, each in a jar. */
    private static Path packageIn(Path folder) throws IOException {
        jar(Step.class, folder.resolve("sdk.jar"), "");
        jar(FireSteps.class, folder.resolve("steps.jar"), FireSteps.class.getSimpleName());
        return folder;
    }

    private static void jar(Class<?> type, Path jar, String begins) throws IOException {
        Path classes =
                Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
        if (Files.isRegularFile(classes)) {
            Files.write(jar, Files.readAllBytes(classes));
            return;
        }
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path file : Folders.files(classes)) {
                if (file.getFileName().toString().startsWith(begins)) {
                    JarEntry entry = new JarEntry(classes.relativize(file).toString());
                    entry.setTime(0);
                    out.putNextEntry(entry);
                    out.write(Files.readAllBytes(file));
                }
            }
        }
    }
}
