package dev.pawl.ci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pawl.definition.CommandPlan;
import dev.pawl.definition.Definition;
import dev.pawl.definition.PawlYaml;
import dev.pawl.executor.Commands;
import dev.pawl.executor.PipelineClass;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.ProjectPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example as its users copy it: a build with Maven that gives the same package wherever and whenever it is done. */
class ReproducibleExampleTest {
    private static final Path EXAMPLE = Path.of("../examples/births");
    private static final Path JAVA = CiSettings.ofThisMachine().javaHome();

    @TempDir
    Path folder;

    @Test
    void the_births_example_built_twice_is_one_package() throws Exception {
        Commands commands = new Commands(Clock.system(), JAVA);
        requireMaven(commands);
        try (CiServer server = CiServer.idle(folder.resolve("server"))) {
            CiRun run = CiRun.queued(
                    server.store.ids().next("ci", CiRunId::new),
                    new Fact.CommitPushed(new ProjectName("births"), "main", new CommitId("1".repeat(40))),
                    server.store.clock().now());
            var shop = new Workshop(
                    server.store,
                    new Definitions(server.store.artifacts()),
                    (_, _, target) -> copyTo(target),
                    commands,
                    server.executor,
                    server.packaging,
                    JAVA,
                    folder,
                    new BuildCaches(server.store.clock(), folder.resolve("caches"), BuildCaches.Bounds.USUAL),
                    CommandWatch.Bounds.USUAL);
            BuildCommands builds = new BuildCommands(shop, run.id(), folder.resolve("first"));
            Path source = folder.resolve("first/source");
            copyTo(source);
            server.store.database().change(tx -> {
                new CiStore().add(tx, 1, run);
                assertThat(new CiStore().move(tx, run, CiState.Event.BEGAN)).isTrue(); // else its commands are ended
            });
            Definition definition = build(commands, builds, source);
            Digest first = ProjectPackage.keep(server.store.artifacts(), source, definition);

            Finding second = new SecondBuild(shop, run, folder.resolve("second"), folder.resolve("second/deeper"))
                    .compare(definition, first);
            assertThat(second.passed()).as(second.summary()).isTrue();
            assertThat(server.store.artifacts().members(first).keySet())
                    .contains("target/births-1.jar", "target/lib/pawl-sdk-0.1.0.jar");
        }
    }

    private Definition build(Commands commands, BuildCommands builds, Path source) throws InterruptedException {
        PawlYaml yaml = PawlYaml.read(source);
        Path log = folder.resolve("first/build.log");
        BuildCommands.Ran ran =
                builds.run(yaml.ci().build().orElseThrow(), source, CommandPlan.USUAL, log, Duration.ofMinutes(10));
        assertThat(ran.result().succeeded()).as(ran.result().tail()).isTrue();
        String described = PipelineClass.describe(
                commands,
                JAVA,
                ProjectPackage.classPath(source, yaml.ci()),
                yaml.pipelineClass().orElseThrow());
        return yaml.compile(Optional.of(described));
    }

    private void requireMaven(Commands commands) throws InterruptedException {
        if (System.getenv("PAWL_CI") == null) {
            var version = Commands.Command.shell(
                    "mvn -v", folder, Map.of(), folder.resolve("mvn.log"), Duration.ofMinutes(1));
            assumeTrue(
                    commands.run(version).succeeded(),
                    "skipped: Maven is missing, install it so: apt-get install maven");
        }
    }

    /** @return how many files there are */
    private static int copyTo(Path folder) {
        int files = 0;
        try (Stream<Path> walk = Files.walk(EXAMPLE)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                Path name = EXAMPLE.relativize(file);
                if (!name.startsWith("target") && !name.startsWith(".pawl")) {
                    Files.createDirectories(folder.resolve(name).getParent());
                    Files.copy(file, folder.resolve(name));
                    files++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
