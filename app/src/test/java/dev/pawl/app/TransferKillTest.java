package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server with SIGKILL while a push comes in, and while it fetches from a remote. */
class TransferKillTest {
    private static final long PART = 1024 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Clock clock = Clock.system();

    @TempDir
    Path folder;

    private DemoProject project;
    private DemoServer server;

    /** A project of three times as many bytes as come through, which nothing can pack better. */
    @BeforeEach
    void start() throws Exception {
        project = TinyProject.in(folder);
        byte[] noise = new byte[(int) (3 * PART)];
        new Random(7).nextBytes(noise);
        Files.write(project.folder().resolve("noise.bin"), noise);
        shell("git add -A && git -c user.name=ada -c user.email=ada@example.org commit -qm Noise");
        server = started(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private DemoServer started(int port) throws IOException, InterruptedException {
        return DemoServer.start(folder.resolve("server"), port, true, clock);
    }

    private Commands.Result git(String line) throws InterruptedException {
        return new Commands(clock, OwnJvm.javaHome())
                .run(Commands.Command.shell(line, project.folder(), Map.of(), folder.resolve("git.log"), PATIENCE));
    }

    private String shell(String line) throws InterruptedException {
        Commands.Result result = git(line);
        assertThat(result.succeeded()).as(result.tail()).isTrue();
        return result.tail().strip();
    }

    /** What has come of a pack that is not whole. */
    private List<String> parts(String name) {
        Path objects = folder.resolve("server/source/repositories").resolve(name + ".git/objects");
        return Arrays.stream(Objects.requireNonNull(objects.toFile().list()))
                .filter(file -> file.startsWith("incoming_"))
                .toList();
    }

    private void awaitPart(String name) {
        long until = clock.nanos() + PATIENCE.toNanos();
        while (parts(name).isEmpty()) {
            assertThat(clock.nanos()).as("waited in vain for a part of a pack").isLessThan(until);
            pause();
        }
    }

    private void pause() {
        try {
            clock.sleep(Duration.ofMillis(10));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long pushed(String name, String commit) {
        try (Client client = new Client(server.address(), clock)) {
            return client.get("api/facts?after=0")
                    .path("facts")
                    .valueStream()
                    .filter(fact -> fact.path("type").asString().equals("CommitPushed"))
                    .filter(fact -> fact.toString().contains("\"" + name + "\"")
                            && fact.toString().contains(commit))
                    .count();
        }
    }

    @Test
    void a_push_that_was_cut_short_has_moved_nothing_and_can_be_made_again() throws Exception {
        String commit = shell("git rev-parse HEAD");
        try (StalledLine line = StalledLine.up(server.address(), PART)) {
            Thread push = Thread.ofVirtual().start(() -> {
                try {
                    git("git push -q " + line.address() + "git/tiny.git main");
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(line.awaitStalled(PATIENCE.toSeconds())).isTrue();
            awaitPart("tiny");
            server.kill();
            assertThat(push.join(PATIENCE)).isTrue();
        }
        server = started(0);

        assertThat(parts("tiny")).isEmpty();
        assertThat(pushed("tiny", commit)).isZero();
        assertThat(shell("git ls-remote " + server.address() + "git/tiny.git")).isEmpty();
        project.push("tiny", server.address());
        assertThat(pushed("tiny", commit)).isEqualTo(1);
    }

    @Test
    void a_fetch_that_was_cut_short_is_made_again_and_told_once() throws Exception {
        project.push("tiny", server.address());
        String commit = shell("git rev-parse HEAD");
        try (StalledLine line = StalledLine.down(server.address(), PART)) {
            try (Client client = new Client(server.address(), clock)) {
                client.post("api/source/projects/mirror/remote", Map.of("url", line.address() + "git/tiny.git"));
            }
            assertThat(line.awaitStalled(PATIENCE.toSeconds())).isTrue();
            awaitPart("mirror");
            server.kill();
            line.mend();
            server = started(URI.create(server.address()).getPort());
            try (Client client = new Client(server.address(), clock)) {
                client.await(
                        "the commit",
                        PATIENCE,
                        "api/facts?after=0",
                        _ -> Optional.of(true).filter(_ -> pushed("mirror", commit) > 0));
            }
        }
        assertThat(pushed("mirror", commit)).isEqualTo(1);
        assertThat(parts("mirror")).isEmpty();
    }
}
