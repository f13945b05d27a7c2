package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.TestExecutors;
import dev.pawl.executor.TestImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ci.container}: a build that sees nothing of the machine. */
class CiContainerTest {
    private static String image = "";

    @TempDir
    Path folder;

    private CiServer server;
    private Project project;

    @BeforeAll
    static void image(@TempDir Path folder) throws Exception {
        image = TestImage.named(folder);
    }

    @BeforeEach
    void start() {
        server = CiServer.start(folder.resolve("server"));
        project = Project.in(folder.resolve("copy"))
                .replace(
                        "  build: sh build.sh",
                        "  container: " + image + "\n  caches: { things: { folder: things, of: [README.md] } }\n"
                                + "  reproducible: true\n  build: sh build.sh");
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        server.close();
        assertThat(TestExecutors.containers(folder.resolve("server/runs"))).isEmpty();
    }

    @Test
    void build_and_tests_see_their_own_folders_and_nothing_else() {
        String looks = "ls %1$s; cat %1$s/signing-key.pem; ls $PWD/..\n".formatted(folder.resolve("server"));
        project.write(
                        "build.sh",
                        "mkdir -p lib $HOME/things; echo b > lib/model.txt; echo b > $HOME/things/b\n" + looks)
                .write("test.sh", "test -e $HOME/things/b || exit 1\n" + looks + Project.TEST);

        CiRun run = server.ended(project.push(server));

        assertThat(run.state()).as(() -> server.ci.checks(run.id()).toString()).isEqualTo(CiState.PASSED);
        assertThat(server.check(run.id(), CiCheck.BUILD).summary()).endsWith("cache things kept");
        for (String check : new String[] {CiCheck.BUILD, CiCheck.UNIT}) {
            assertThat(server.ci.log(run.id(), check).lines())
                    .contains("ci", "home", "source", "tmp")
                    .doesNotContain("logs", "artifacts")
                    .anyMatch(line -> line.contains("signing-key.pem': No such file"))
                    .noneMatch(line -> line.contains("PRIVATE"));
        }
        assertThat(folder.resolve("server/ci/work")).isEmptyDirectory();
    }

    @Test
    void what_is_cancelled_ends_at_once() {
        project.write("build.sh", "touch $HOME/here; sleep 1000\n");
        String commit = project.push(server);
        server.await("the build", () -> isThere("here"));

        server.ci.cancel(server.ci.runs(Optional.empty(), 1).getFirst().id());

        assertThat(server.ended(commit).state()).isEqualTo(CiState.CANCELLED);
        server.await(
                "the end of its container",
                () -> Files.isDirectory(folder.resolve("server/ci/work"))
                                && !isThere("").isPresent()
                        ? Optional.of(true)
                        : Optional.empty());
    }

    /** A file in the home of the attempt that is under way. */
    private Optional<Path> isThere(String file) {
        try (var attempts = Files.list(folder.resolve("server/ci/work"))) {
            return attempts.map(attempt -> attempt.resolve("home").resolve(file))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
