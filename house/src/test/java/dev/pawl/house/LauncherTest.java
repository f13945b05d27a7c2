package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `pawl` and `mvnw` on machines that have this and lack that.
class LauncherTest {
    private Machine machine;

    @BeforeEach
    void lay_out_a_machine(@TempDir Path folder) throws IOException {
        machine = Machine.without_java(folder);
    }

    @Test
    void java_home_comes_before_path_and_path_before_the_folders() throws IOException {
        Path folder = machine.jdk("usr/lib/jvm/temurin-25", "25.0.3");
        Path onPath = machine.jdk("on-path", "25.0.2").toRealPath();
        Path javaHome = machine.jdk("java-home", "25.0.1");
        Shell shell = machine.shell();
        assertThat(found(shell)).isEqualTo(folder.toString());
        Shell withPath = shell.with("PATH", onPath.resolve("bin") + ":" + machine.tools());
        assertThat(found(withPath)).isEqualTo(onPath.toString());
        assertThat(found(withPath.with("JAVA_HOME", javaHome.toString()))).isEqualTo(javaHome.toString());
    }

    @Test
    void other_versions_and_a_runtime_without_compiler_are_passed_over() throws IOException {
        Files.delete(machine.jdk("opt/a-runtime-25", "25").resolve("bin/javac"));
        machine.jdk("opt/jdk-26", "26");
        Path right = machine.jdk("opt/oracle/jdk-25", "25");
        Path old = machine.jdk("java-17", "17.0.15");
        assertThat(found(machine.shell().with("JAVA_HOME", old.toString()))).isEqualTo(right.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "usr/lib/jvm/java-25-openjdk-amd64",
                "opt/jdk-25",
                "home/.sdkman/candidates/java/25.0.3-tem",
                "home/.jdks/temurin-25.0.3",
                "Library/Java/JavaVirtualMachines/temurin-25.jdk/Contents/Home",
                "opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home"
            })
    void a_usual_folder_is_searched(String folder) throws IOException {
        assertThat(found(machine.shell())).isEmpty();
        Path home = machine.jdk(folder, "25.0.3");
        assertThat(found(machine.shell())).isEqualTo(home.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pawl", "mvnw"})
    void without_a_jdk_25_one_sentence_says_what_to_install(String launcher) {
        Shell.Result result = launch(launcher);
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.err()).startsWith(launcher + ": ").contains("JDK 25", "install");
    }

    @Test
    void pawl_starts_through_a_link_and_passes_arguments_on() throws IOException {
        machine.jdk("opt/jdk-25", "25");
        machine.build_succeeds();
        Path link = Files.createSymbolicLink(
                machine.root().resolve("pawl-link"), machine.checkout().resolve("pawl"));
        Shell.Result result = machine.shell()
                .with("PAWL_JAVA_OPTS", "-Xmx1g -Da=b")
                .run(link.toString(), "show", "a run with blanks");
        assertThat(result.exit()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .containsSubsequence("-Xmx1g", "-Da=b", "-cp", "dev.pawl.app.Pawl", "show", "a run with blanks");
        assertThat(result.out()).contains(machine.checkout().toRealPath() + "/app/target/pawl-app-0.1.0.jar");
    }

    @Test
    void pawl_builds_once_and_again_after_a_change() throws IOException {
        machine.jdk("opt/jdk-25", "25");
        machine.build_succeeds();
        assertThat(launch("pawl").err()).contains("building Pawl");
        assertThat(launch("pawl").err()).isEmpty();
        assertThat(machine.builds()).isEqualTo(1);
        Path source = Files.createFile(machine.checkout().resolve("kernel/src/main/New.java"));
        assertThat(launch("pawl").err()).contains("building Pawl");
        Files.delete(source);
        launch("pawl");
        assertThat(machine.builds()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void launches_at_the_same_time_build_once(boolean flock) throws IOException {
        if (!flock) {
            Files.deleteIfExists(machine.tools().resolve("flock"));
        }
        machine.jdk("opt/jdk-25", "25");
        machine.build_succeeds();
        List<CompletableFuture<Shell.Result>> launches = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> launch("pawl"), Thread::startVirtualThread))
                .limit(4)
                .toList();
        assertThat(launches).allMatch(launch -> launch.join().exit() == 0);
        assertThat(machine.builds()).isEqualTo(1);
    }

    @Test
    void a_build_that_fails_is_shown_and_nothing_is_started() throws IOException {
        machine.jdk("opt/jdk-25", "25");
        machine.build_does("echo 'ERROR: cannot compile'; exit 1");
        Shell.Result result = launch("pawl");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains("ERROR: cannot compile", "pawl: the build failed");
    }

    @Test
    void nothing_is_built_where_the_environment_forbids_it() throws IOException {
        machine.jdk("opt/jdk-25", "25");
        machine.build_succeeds();
        Shell.Result result = machine.shell()
                .with("PAWL_NO_BUILD", "true")
                .run(machine.checkout().resolve("pawl").toString());
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("is missing").doesNotContain("building");
    }

    @Test
    void mvnw_unpacks_the_maven_it_carries_once() throws IOException {
        machine.jdk("opt/jdk-25", "25");
        Path archive = machine.carry_maven();
        assertThat(launch("mvnw").out()).isEqualTo("carried --version\n");
        Files.writeString(archive, "now unreadable");
        assertThat(launch("mvnw").out()).isEqualTo("carried --version\n");
    }

    @Test
    void a_users_build_finds_maven_on_a_machine_without_one() throws IOException {
        Machine.script(machine.jdk("opt/jdk-25", "25").resolve("bin/java"), "exec mvn package");
        machine.build_succeeds();
        machine.carry_maven();
        launch("pawl");
        Files.copy(
                Repository.ROOT.resolve("mvnw"),
                machine.checkout().resolve("mvnw"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        assertThat(launch("pawl").out()).isEqualTo("carried package\n");
    }

    @Test
    void mvnw_takes_the_machines_maven_when_it_is_new_enough() throws IOException {
        Path jdk = machine.jdk("opt/jdk-25", "25");
        machine.carry_maven();
        Path mvn = machine.tools().resolve("mvn");
        Machine.script(mvn, "[ $1 != -v ] || echo Apache Maven 3.6.3; echo old");
        assertThat(launch("mvnw").out()).isEqualTo("carried --version\n");
        Machine.script(mvn, "[ $1 != -v ] || echo Apache Maven 3.8.7; echo new \"$JAVA_HOME\"");
        assertThat(launch("mvnw").out()).isEqualTo("new " + jdk + "\n");
    }

    @Test
    void a_test_that_mvnw_runs_finds_maven_on_a_machine_without_one() throws IOException {
        machine.jdk("opt/jdk-25", "25");
        machine.carry_maven("[ $1 = package ] && echo built || exec mvn package");
        assertThat(launch("mvnw").out()).isEqualTo("built\n");
    }

    private Shell.Result launch(String launcher) {
        return machine.shell().run(machine.checkout().resolve(launcher).toString(), "--version");
    }

    private static String found(Shell shell) {
        return shell.run("bash", "-c", "source checkout/.mvn/find-jdk.sh; find_jdk25")
                .out()
                .strip();
    }
}
