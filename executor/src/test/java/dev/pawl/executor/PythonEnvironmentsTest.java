package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.executor.Program.CommandLine;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a wheel that the test makes: nothing is fetched. */
@Timeout(180)
class PythonEnvironmentsTest {
    private static final String MAKING = "pawl: making the Python environment";

    @TempDir
    Path folder;

    private final Commands commands = TestExecutors.commands();
    private PythonEnvironments environments = new PythonEnvironments(commands, Path.of("nowhere"), 1);

    @BeforeAll
    static void python(@TempDir Path folder) throws Exception {
        if (System.getenv("PAWL_CI") == null) {
            Answer answer = TestExecutors.commands()
                    .ask(List.of("python3", "-c", "import venv, ensurepip"), folder, Duration.ofSeconds(20));
            assumeTrue(
                    answer.isGood(), "skipped: python3-venv is missing, install it so: apt-get install python3-venv");
        }
    }

    @BeforeEach
    void open() {
        environments = new PythonEnvironments(commands, folder.resolve("environments"), 1);
    }

    @Test
    void a_command_finds_what_its_requirements_name() throws Exception {
        Path requirements = requirements("1.0");
        Execution execution = execution(requirements);
        Ending ending = run(execution);

        assertThat(ending.exit()).as(ending.tail()).isZero();
        assertThat(execution.log())
                .content()
                .contains(MAKING + " of requirements.txt", "tiny 1.0 in ", "environments/");
        Execution again = execution(requirements);
        assertThat(run(again).succeeded()).isTrue();
        assertThat(again.log()).content().doesNotContain(MAKING).contains("tiny 1.0 in ");
    }

    @Test
    void its_modules_are_compiled_since_no_step_keeps_what_it_compiles() throws Exception {
        assertThat(run(execution(requirements("1.0"))).succeeded()).isTrue();

        assertThat(Folders.files(folder.resolve("environments")))
                .extracting(file -> file.getFileName().toString())
                .anyMatch(name -> name.matches("tiny\\..*\\.pyc"));
    }

    @Test
    void those_who_want_the_same_share_one_building() throws Exception {
        Path requirements = requirements("1.0");
        List<Future<Execution>> all = new ArrayList<>();
        try (var threads = java.util.concurrent.Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> {
                    Execution execution = execution(requirements);
                    assertThat(run(execution).succeeded()).isTrue();
                    return execution;
                }));
            }
        }
        int built = 0;
        for (Future<Execution> one : all) {
            built += Files.readString(one.get().log()).contains(MAKING) ? 1 : 0;
        }
        assertThat(built).isOne();
    }

    @Test
    void what_cannot_be_installed_is_told_and_is_the_authors_business() throws Exception {
        Path file = Files.writeString(folder.resolve("requirements.txt"), "--no-index\npawl-no-such-thing==1\n");
        Execution execution = execution(file);

        assertThatThrownBy(() -> run(execution))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.USER))
                .hasMessageContaining("requirements.txt could not be made")
                .hasMessageContaining("pawl-no-such-thing");
        assertThat(execution.log()).content().contains("pawl-no-such-thing");
    }

    @Test
    void a_building_that_was_interrupted_is_done_again_from_the_start() throws Exception {
        Path requirements = requirements("1.0");
        Thread first = Thread.ofVirtual().start(() -> {
            try {
                run(execution(requirements));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        await().atMost(Duration.ofSeconds(60))
                .until(() -> names().stream().anyMatch(name -> name.endsWith(".builder")));
        first.interrupt();
        first.join();
        assertThat(names()).noneMatch(name -> name.contains("."));

        Execution execution = execution(requirements);
        assertThat(run(execution).succeeded()).isTrue();
        assertThat(execution.log()).content().contains(MAKING);
    }

    @Test
    void those_in_use_are_kept_and_a_bounded_number_of_others() throws Exception {
        environments = new PythonEnvironments(commands, folder.resolve("environments"), 0);
        StepLog log = StepLog.to(folder.resolve("log.txt"), List.of());
        try (log;
                var first = environments.take(requirements("1.0"), log)) {
            environments.take(requirements("2.0"), log).close();
            environments.take(requirements("3.0"), log).close();

            assertThat(first.venv()).exists();
            assertThat(names())
                    .hasSize(4)
                    .filteredOn(name -> name.endsWith(".complete"))
                    .hasSize(2);
        }
    }

    @Test
    void what_a_killed_server_was_building_is_ended() throws Exception {
        Files.createDirectories(folder.resolve("environments"));
        Process sleep = new ProcessBuilder("sleep", "300").start();
        Instant at = sleep.info().startInstant().orElseThrow();
        Path builder = folder.resolve("environments/0123456789ab.builder");
        Files.writeString(builder, sleep.pid() + " " + at);
        environments.endLeftovers();

        assertThat(sleep.onExit().join().exitValue()).isNotZero();
        assertThat(builder).doesNotExist();
    }

    private Ending run(Execution execution) throws InterruptedException {
        var executor = new ProcessExecutor(commands, environments);
        return executor.run(execution, (CommandLine) execution.program(), _ -> {});
    }

    private Execution execution(Path requirements) {
        String id = Ids.system().next();
        Path own = folder.resolve("attempts").resolve(id);
        Folders.make(own.resolve("work"));
        String script = "python -c 'import tiny; print(\"tiny\", tiny.VERSION, \"in\", tiny.__file__)'"
                + " && test \"$(command -v python)\" = \"$VIRTUAL_ENV/bin/python\" && tiny";
        CommandLine line = new CommandLine(script, Optional.of(requirements), Optional.empty());
        return new Execution(id, line, own, Map.of(), Map.of(), Map.of(), Limits.within(Duration.ofSeconds(60)));
    }

    private List<String> names() {
        Path all = folder.resolve("environments");
        return Files.isDirectory(all)
                ? Folders.entries(all).stream()
                        .map(entry -> entry.getFileName().toString())
                        .toList()
                : List.of();
    }

    /** Of a package of one module and one command. */
    private Path requirements(String version) throws IOException {
        Path own = Files.createDirectories(folder.resolve("package-" + version));
        String name = "tiny-" + version + "-py3-none-any.whl";
        String info = "tiny-" + version + ".dist-info/";
        try (var wheel = new ZipOutputStream(Files.newOutputStream(own.resolve(name)))) {
            add(wheel, "tiny.py", "VERSION = '" + version + "'\ndef main(): print('command of', VERSION)\n");
            add(wheel, info + "METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: " + version + "\n");
            add(
                    wheel,
                    info + "WHEEL",
                    "Wheel-Version: 1.0\nGenerator: a test\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
            add(wheel, info + "entry_points.txt", "[console_scripts]\ntiny = tiny:main\n");
            add(wheel, info + "RECORD", "tiny.py,,\n");
        }
        return Files.writeString(own.resolve("requirements.txt"), "--no-index\n./" + name + "\n");
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
