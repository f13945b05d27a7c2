package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Folders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci.caches}: what a build fetched is there for the next one. */
class CiCachesTest {
    @TempDir
    Path folder;

    private CiServer server;
    private Project project;
    private int pushes;

    @BeforeEach
    void start() {
        server = CiServer.start(folder.resolve("server"));
        project = Project.in(folder.resolve("copy")).write("lock.txt", "a==1\n").write("build.sh", """
            set -e
            [ -e $HOME/.cache/things/fetched ] && how=warm || how=cold
            echo $how >> %s
            mkdir -p $HOME/.cache/things lib
            echo $how > $HOME/.cache/things/fetched
            echo built > lib/model.txt
            """.formatted(
                        folder.resolve("how")));
        declare("");
    }

    private void declare(String more) {
        project.replace(
                "  build: sh build.sh",
                "  caches: { things: { folder: .cache/things, of: [lock.txt] } }\n" + more + "  build: sh build.sh");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CiCheck build() {
        CiRun run = server.ended(project.write("README.md", "push " + ++pushes).push(server));
        return server.check(run.id(), CiCheck.BUILD);
    }

    private List<String> how() throws Exception {
        return Files.readAllLines(folder.resolve("how"));
    }

    @Test
    void the_next_build_with_the_same_lock_file_finds_what_one_fetched() throws Exception {
        CiCheck first = build();
        assertThat(first.summary()).endsWith("; cache things kept");
        assertThat(first.evidence().toString()).contains("things=kept");

        assertThat(build().summary()).endsWith("; cache things used");
        project.write("lock.txt", "a==2\n");
        assertThat(build().summary()).as("another content, another cache").endsWith("; cache things kept");
        assertThat(how()).containsExactly("cold", "warm", "cold");
    }

    @Test
    void a_build_that_fails_keeps_nothing() throws Exception {
        String good = Files.readString(project.git().folder().resolve("build.sh"));
        project.write("build.sh", good + "exit 1\n");
        assertThat(build().state()).isEqualTo(CiCheck.State.FAILED);

        project.write("build.sh", good);
        assertThat(build().summary()).endsWith("; cache things kept");
        assertThat(how()).containsExactly("cold", "cold");
    }

    @Test
    void a_commit_that_nobody_reviewed_takes_but_does_not_give() throws Exception {
        server.reviewed = false;
        assertThat(build().summary()).endsWith("; cache things not kept: nobody has reviewed this commit");
        server.reviewed = true;
        assertThat(build().summary()).endsWith("; cache things kept");
        server.reviewed = false;
        assertThat(build().summary()).endsWith("; cache things used");
        assertThat(how()).containsExactly("cold", "cold", "warm");
    }

    @Test
    void the_second_build_of_a_reproducible_package_has_no_cache() throws Exception {
        declare("  reproducible: true\n");
        build();
        assertThat(build().summary()).endsWith("; cache things used");
        assertThat(how()).containsExactly("cold", "cold", "warm", "cold");
    }

    @Test
    void a_link_in_the_place_of_a_cache_brings_nothing_of_the_server_into_it() throws Exception {
        Path secret = Files.createDirectories(folder.resolve("secrets/things"));
        Files.writeString(secret.resolve("key"), "hunter2");
        for (String link : List.of("mkdir $HOME/.cache; ln -s %s/things $HOME/.cache", "ln -s %s $HOME/.cache")) {
            project.write(
                    "build.sh", "mkdir lib; echo b > lib/model.txt\n" + link.formatted(secret.getParent()) + "\n");
            project.write("lock.txt", link);
            assertThat(build().summary()).contains("cache things not kept: ");
        }
        assertThat(
                        Files.isDirectory(folder.resolve("server/ci/caches"))
                                ? Folders.files(folder.resolve("server/ci/caches"))
                                : List.of())
                .isEmpty();
    }
}
