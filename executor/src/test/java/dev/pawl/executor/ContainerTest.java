package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.executor.Program.CommandLine;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.PawlException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is particular about containers. */
@Timeout(60)
class ContainerTest {
    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();

    private static final String NOWHERE = "localhost:1/no@sha256:" + "0".repeat(64);
    private static final ContainerEngine PODMAN = new ContainerEngine("podman", List.of(), Map.of(), true, false);
    private static Optional<Image> image = Optional.empty();

    @BeforeAll
    static void image(@TempDir Path folder) throws Exception {
        image = Optional.of(TestImage.make(folder));
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        assertThat(TestExecutors.containers(folder)).isEmpty();
    }

    @Test
    void there_is_no_network_unless_declared() throws Exception {
        assertThat(run("ls /sys/class/net").tail()).isEqualTo("lo");

        Image withNetwork = new Image(image().reference(), true);
        try (Executor executor = TestExecutors.local(folder)) {
            Ending ending = executor.run(execution("ls /sys/class/net", withNetwork), _ -> {});
            assertThat(ending.tail().lines()).contains("lo").hasSizeGreaterThan(1);
        }
    }

    @Test
    void an_image_must_be_pinned() {
        for (String loose : List.of("python", "python:3.13", "python@sha256:abc")) {
            assertThatThrownBy(() -> new Image(loose, false))
                    .isInstanceOf(PawlException.class)
                    .hasMessageContaining("'" + loose + "' is not pinned");
        }
    }

    @Test
    void the_package_can_be_read_and_not_written() throws Exception {
        Path own = Files.createDirectory(folder.resolve("package"));
        Files.writeString(own.resolve("data.csv"), "a,b\n");
        environment.put("PAWL_PACKAGE", own.toString());
        Ending ending = run("cat $PAWL_PACKAGE/data.csv; touch $PAWL_PACKAGE/more");

        assertThat(ending.exit()).isEqualTo(1);
        assertThat(ending.tail()).contains("a,b", "Read-only file system");
    }

    @Test
    void the_machine_is_out_of_reach() throws Exception {
        assertThat(run("ls /; ls " + folder).tail().lines())
                .doesNotContain("root", "work")
                .contains("attempts");
        assertThat(run("grep CapEff /proc/self/status").tail()).endsWith("0000000000000000");
        assertThat(run("chown 1:1 $PAWL_OUTPUTS").succeeded()).isFalse();
    }

    @Test
    void accelerators_are_handed_to_it_as_each_engine_wants_it() {
        Execution plain = execution(":", image());
        Execution two = new Execution(
                plain.id(),
                plain.program(),
                plain.folder(),
                plain.call(),
                Map.of(),
                Map.of(),
                new Limits(Duration.ofSeconds(50), 0, 1, 2, Optional.empty()));
        ContainerEngine docker = new ContainerEngine("docker", List.of(), Map.of(), false, false);

        assertThat(line(PODMAN, two).create()).contains("--device=nvidia.com/gpu=0", "--device=nvidia.com/gpu=1");
        assertThat(line(docker, two).create()).contains("--gpus=2");
        assertThat(line(docker, plain).create())
                .noneMatch(argument -> argument.contains("gpu"))
                .contains("--cpus=1");
    }

    @Test
    void an_exit_code_that_engines_use_too_is_the_programs() throws Exception {
        for (int exit : List.of(1, 125, 126, 127)) {
            assertThat(run("exit " + exit).exit()).isEqualTo(exit);
        }
    }

    @Test
    void secrets_are_in_no_list_of_processes() throws Exception {
        secrets.put("password", "hunter2\nhunter3");
        Execution execution = execution("printf '%s' \"$password\" > $PAWL_OUTPUTS/secret", image());
        ContainerLine line = line(PODMAN, execution);
        try (Executor executor = TestExecutors.local(folder)) {
            executor.run(execution, _ -> {});
        }

        assertThat(line.create()).contains("password").noneMatch(argument -> argument.contains("hunter"));
        assertThat(execution.folder().resolve("outputs/secret")).hasContent("hunter2\nhunter3");
    }

    @Test
    void a_secret_cannot_have_a_name_that_the_engine_reads() {
        secrets.put("PATH", "hunter2");
        assertRefused(Kind.USER, "cannot be named PATH", execution(":", image()));
    }

    @Test
    void an_image_that_cannot_be_had_is_trouble_from_outside() {
        assertRefused(
                Kind.EXTERNAL,
                "is not on this machine and could not be pulled",
                execution(":", new Image(NOWHERE, false)));
    }

    @Test
    void an_image_without_a_shell_is_its_authors_business() throws Exception {
        Commands commands = TestExecutors.commands();
        ContainerEngine engine = ContainerEngine.find(commands, ContainerSettings.from(System.getenv()), folder)
                .orElseThrow();
        commands.ask(List.of("tar", "-cf", "empty.tar", "--files-from=/dev/null"), folder, Duration.ofSeconds(10));
        engine.ask(commands, folder, "import", "empty.tar", "localhost/pawl-test-empty:1");

        String id = engine.ask(
                        commands, folder, "image", "inspect", "--format", "{{.Id}}", "localhost/pawl-test-empty:1")
                .text();

        Image empty = new Image("sha256:" + id.replace("sha256:", ""), false);
        assertRefused(Kind.USER, "needs a 'sh'", execution(":", empty));
    }

    @Test
    void without_an_engine_the_author_learns_what_to_install() {
        ContainerSettings none = ContainerSettings.from(Map.of(ContainerSettings.ENGINE, "no-such-engine"));
        ContainerExecutor containers =
                new ContainerExecutor(TestExecutors.commands(), none, folder.resolve("containers"));
        Execution execution = execution(":", image());

        assertThatThrownBy(() -> containers.run(execution, (CommandLine) execution.program(), _ -> {}))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.USER))
                .hasMessageContaining("'no-such-engine' (PAWL_CONTAINER_ENGINE) does not work here: install podman");
    }

    @Test
    void requirements_belong_into_the_image() {
        Execution plain = execution(":", image());
        CommandLine both = new CommandLine(":", Optional.of(folder.resolve("requirements.txt")), Optional.of(image()));
        assertRefused(
                Kind.USER,
                "install them in the image",
                new Execution(plain.id(), both, plain.folder(), plain.call(), Map.of(), Map.of(), plain.limits()));
    }

    @Test
    void arguments_of_the_engine_come_from_a_variable() {
        assertThat(ContainerSettings.from(Map.of(ContainerSettings.ARGUMENTS, " --runtime  runc ")))
                .isEqualTo(new ContainerSettings(Optional.empty(), List.of("--runtime", "runc"), Map.of()));
        assertThat(ContainerSettings.from(Map.of()))
                .isEqualTo(new ContainerSettings(Optional.empty(), List.of(), Map.of()));
    }

    @Test
    void the_command_counts_and_not_its_service() throws Exception {
        Path program = folder.resolve("docker");
        Files.writeString(program, "#!/bin/sh\nprintf 'Client:\\n Version: 28\\nServer:\\n Podman Engine:\\n'\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        ContainerSettings settings = ContainerSettings.from(Map.of(ContainerSettings.ENGINE, program.toString()));

        assertThat(ContainerEngine.find(TestExecutors.commands(), settings, folder))
                .hasValueSatisfying(engine -> assertThat(engine.arguments()).isEmpty());
    }

    /** Where its service is, or its state: whoever is not told that looks elsewhere. */
    @Test
    void an_engine_is_asked_everything_with_the_variables_that_it_reads_itself() throws Exception {
        Path program = folder.resolve("engine");
        Files.writeString(program, "#!/bin/sh\n[ -n \"$DOCKER_HOST\" ] && echo $1 of $DOCKER_HOST $SECRET\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        ContainerSettings settings = ContainerSettings.from(
                Map.of(ContainerSettings.ENGINE, program.toString(), "DOCKER_HOST", "tcp://there", "SECRET", "no"));
        ContainerEngine engine =
                ContainerEngine.find(TestExecutors.commands(), settings, folder).orElseThrow();

        assertThat(engine.ask(TestExecutors.commands(), folder, "ps").text().strip())
                .isEqualTo("ps of tcp://there");
    }

    /** A container engine that says and does what the test wants. */
    private ContainerExecutor containersOf(String script) throws IOException {
        Path program = folder.resolve("engine");
        Files.writeString(program, "#!/bin/sh\ncase $1 in\n" + script + "\nesac\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        ContainerSettings settings = ContainerSettings.from(Map.of(ContainerSettings.ENGINE, program.toString()));
        return new ContainerExecutor(TestExecutors.commands(), settings, folder.resolve("containers"));
    }

    @Test
    void a_container_that_cannot_be_made_is_told_with_what_the_engine_says() throws Exception {
        ContainerExecutor containers = containersOf("create) echo no space >&2; exit 125;;");
        Execution execution = execution(":", image());

        assertThatThrownBy(() -> containers.run(execution, (CommandLine) execution.program(), _ -> {}))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.kind()).isEqualTo(Kind.EXTERNAL))
                .hasMessageContaining("did not start: no space");
    }

    @Test
    void a_program_that_failed_has_failed_also_if_the_engine_does_not_tell_its_state() throws Exception {
        ContainerExecutor containers =
                containersOf("create) echo limits are ignored >&2;; start) echo wrong; exit 1;; inspect) exit 125;;");
        Execution execution = execution(":", image());

        Ending ending = containers.run(execution, (CommandLine) execution.program(), _ -> {});
        assertThat(ending.exit()).isEqualTo(1);
        assertThat(execution.log()).hasContent("pawl: limits are ignored\nwrong\n");
    }

    @Test
    void nothing_is_made_for_a_thread_that_is_interrupted_already() throws Exception {
        ContainerExecutor containers = containersOf("create) touch made;;");
        Execution execution = execution(":", image());
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> containers.run(execution, (CommandLine) execution.program(), _ -> {}))
                .isInstanceOf(InterruptedException.class);
        Thread.interrupted(); // for the tests that come
        assertThat(folder.resolve("containers/made")).doesNotExist();
    }

    private void assertRefused(Kind kind, String why, Execution execution) {
        try (Executor executor = TestExecutors.local(folder)) {
            assertThatThrownBy(() -> executor.run(execution, _ -> {}))
                    .isInstanceOfSatisfying(
                            PawlException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                    .hasMessageContaining(why);
        }
    }

    private Ending run(String script) throws InterruptedException {
        try (Executor executor = TestExecutors.local(folder)) {
            return executor.run(execution(script, image()), _ -> {});
        }
    }

    private static ContainerLine line(ContainerEngine engine, Execution execution) {
        return new ContainerLine(engine, "pawl-1", "owner", Contained.of(execution, (CommandLine) execution.program()));
    }

    private static Image image() {
        return image.orElseThrow();
    }

    private Execution execution(String script, Image image) {
        String id = Ids.system().next();
        Path own = folder.resolve("attempts").resolve(id);
        List.of("inputs", "outputs", "work").forEach(name -> Folders.make(own.resolve(name)));
        CommandLine line = new CommandLine(script, Optional.empty(), Optional.of(image));
        return new Execution(
                id, line, own, ExecutorRig.call(own), environment, secrets, Limits.within(Duration.ofSeconds(50)));
    }
}
