package dev.pawl.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/// A machine for the launchers, laid out in a folder: a checkout with nothing to compile, the tools of a plain system,
/// and JDKs that only say who they are.
///
/// @param root stands for `/`
record Machine(Path root) {
    private static final List<String> TOOLS = List.of(
            "bash",
            "basename",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "gzip",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "rmdir",
            "sed",
            "sleep",
            "tail",
            "tar");

    static Machine without_java(Path root) throws IOException {
        Machine machine = new Machine(root);
        for (String file : List.of("pawl", "mvnw", "pom.xml", ".mvn/find-jdk.sh", ".mvn/bin/mvn")) {
            Path copy = machine.checkout().resolve(file);
            Files.createDirectories(copy.getParent());
            Files.copy(Repository.ROOT.resolve(file), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(machine.checkout().resolve("kernel/src/main"));
        Files.writeString(machine.checkout().resolve("kernel/pom.xml"), "<project/>");
        Files.createDirectories(machine.tools());
        for (String tool : TOOLS) {
            machine.install(tool);
        }
        return machine;
    }

    Path checkout() {
        return root.resolve("checkout");
    }

    /// The only folder on PATH.
    Path tools() {
        return root.resolve("tools");
    }

    Shell shell() {
        return new Shell(
                root,
                Map.of(
                        "PATH", tools().toString(),
                        "HOME", root.resolve("home").toString(),
                        "TMPDIR", root.toString(),
                        "JAVA_HOME", "",
                        "PAWL_JDK_ROOT", root.toString()));
    }

    /// A JDK whose `java` prints its arguments, one a line.
    Path jdk(String folder, String version) throws IOException {
        Path home = root.resolve(folder);
        script(home.resolve("bin/java"), "printf '%s\\n' \"$@\"");
        script(home.resolve("bin/javac"), "exit 0");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"A\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /// Replaces mvnw by what a build leaves behind, after a moment in which another could begin; [#builds] counts.
    void build_succeeds() throws IOException {
        build_does(
                "sleep 0.2; echo built >> builds; mkdir -p app/target/lib; echo jar > app/target/pawl-app-0.1.0.jar");
    }

    void build_does(String script) throws IOException {
        script(checkout().resolve("mvnw"), script);
    }

    long builds() {
        return Repository.read(checkout().resolve("builds")).lines().count();
    }

    /// Puts a Maven 3.9.0 that says `carried` where the checkout carries its own.
    Path carry_maven() throws IOException {
        return carry_maven("echo carried \"$@\"");
    }

    Path carry_maven(String does) throws IOException {
        script(root.resolve("pack/apache-maven-3.9.0/bin/mvn"), does);
        Path archive = checkout().resolve(".mvn/wrapper/apache-maven-3.9.0-bin.tar.gz");
        Files.createDirectories(archive.getParent());
        String pack = root.resolve("pack").toString();
        assertThat(shell().run("tar", "-czf", archive.toString(), "-C", pack, "apache-maven-3.9.0")
                        .exit())
                .isZero();
        return archive;
    }

    static void script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/usr/bin/env bash\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    /// A script and no link: what a link in a temporary folder leads to would be in danger when the folder is deleted.
    private void install(String tool) throws IOException {
        for (String folder : System.getenv("PATH").split(":")) {
            Path there = Path.of(folder, tool);
            Path here = tools().resolve(tool);
            if (Files.isExecutable(there) && !Files.exists(here)) {
                Files.writeString(here, "#!/bin/sh\nexec " + there + " \"$@\"\n");
                assertThat(here.toFile().setExecutable(true)).isTrue();
            }
        }
    }
}
