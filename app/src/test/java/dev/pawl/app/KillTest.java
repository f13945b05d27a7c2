package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.Commands;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills the server with SIGKILL at random moments of the demo's loop and compares what is left with a peaceful replay. */
class KillTest {
    private static final LocalDate FROM = LocalDate.of(1971, 1, 1);
    private static final LocalDate TO = LocalDate.of(1972, 12, 31);
    private static final int KILLS = 12;
    private static final int KILLS_IN_CI = 4;
    private static final int FEWEST_KILLS = 6;
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final Clock clock = Clock.system();
    private final DemoProgress progress =
            new DemoProgress(new PrintWriter(System.out, true, StandardCharsets.UTF_8), clock);

    @TempDir
    Path folder;

    @Test
    void a_server_killed_again_and_again_ends_where_an_undisturbed_one_does() throws Exception {
        DemoProject project = project();
        EndState peaceful = replayInPeace(project);
        assertThat(peaceful.champions()).as("the loop turned at least once").hasSizeGreaterThan(1);
        assertThat(peaceful.versions()).hasSizeGreaterThan(1);
        assertThat(peaceful.predictions()).hasSize(731);
        EndState killed = replayUnderFire(project);
        assertThat(killed.facts()).isEqualTo(peaceful.facts());
        assertThat(killed.versions()).isEqualTo(peaceful.versions());
        assertThat(killed.champions()).isEqualTo(peaceful.champions());
        assertThat(killed.windows()).isEqualTo(peaceful.windows());
        assertThat(killed.predictions()).isEqualTo(peaceful.predictions());
    }

    private EndState replayInPeace(DemoProject project) throws Exception {
        try (DemoServer server = DemoServer.start(folder.resolve("peace"), 0, true, clock);
                Client client = new Client(server.address(), clock)) {
            turn(project, server.address(), client);
            return EndState.of(client, new Facts(client));
        }
    }

    private EndState replayUnderFire(DemoProject project) throws Exception {
        long seed = new Random().nextLong();
        progress.line("kills by seed " + seed);
        Path place = folder.resolve("fire");
        DemoServer server = DemoServer.start(place, 0, true, clock);
        int port = URI.create(server.address()).getPort();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor();
                Client client = new Client(server.address(), clock)) {
            String address = server.address();
            Future<?> turn = pool.submit(() -> {
                turn(project, address, client);
                return true;
            });
            Random random = new Random(seed);
            int kills = 0;
            while (kills < KILLS && !over(turn, Duration.ofMillis(random.nextLong(300, 6_000)))) {
                if (kills == KILLS_IN_CI) { // a build takes longer than any gap: the rest is for what comes after it
                    again(() -> awaitModel(
                            client, "deployed", "api/projects/births/environments", "/environments/0/current"));
                }
                server.kill();
                kills++;
                server = DemoServer.start(place, port, true, clock);
            }
            turn.get();
            progress.line("the server was killed " + kills + " times");
            assertThat(kills).isGreaterThanOrEqualTo(FEWEST_KILLS);
            return EndState.of(client, new Facts(client));
        } finally {
            server.close();
        }
    }

    private static boolean over(Future<?> turn, Duration within) throws Exception {
        try {
            turn.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Everything that a client does; whatever fails while the server is away is done again. */
    private void turn(DemoProject project, String server, Client client) throws Exception {
        again(() -> {
            project.push("births", server);
            return true;
        });
        again(() -> awaitModel(client, "deployed", "api/projects/births/environments", "/environments/0/current"));
        again(() -> requestFirstTraining(client));
        again(() -> awaitModel(client, "a champion", "v2/models/births", "/name"));
        Traffic.replay(project.folder(), server, FROM, TO, progress);
        again(() -> client.get("api/quiet?within=120"));
    }

    /** An answer may be lost with the server although the request was kept: whoever asks again looks first. */
    private static boolean requestFirstTraining(Client client) {
        if (new Facts(client).next().stream().noneMatch(fact -> fact.is("RunRequested"))) {
            client.post(
                    "api/projects/births/environments/prod/runs",
                    Map.of("as_of", "1971-01-01T00:00:00Z", "reason", "first training"));
        }
        return true;
    }

    private static boolean awaitModel(Client client, String what, String path, String pointer) {
        return client.await(
                what,
                PATIENCE,
                path,
                answer ->
                        answer.at(pointer).isMissingNode() || answer.at(pointer).isNull()
                                ? Optional.empty()
                                : Optional.of(true));
    }

    private interface Attempt<T> {
        T make() throws Exception;
    }

    private <T> T again(Attempt<T> attempt) throws Exception {
        var end = clock.now().plus(PATIENCE);
        while (true) {
            try {
                return attempt.make();
            } catch (PawlException e) {
                if (clock.now().isAfter(end)) {
                    throw e;
                }
                clock.sleep(Duration.ofMillis(200));
            }
        }
    }

    /** The example with a load gate that a machine busy with restarts can pass: what is tested here is durability. */
    private DemoProject project() throws IOException, InterruptedException {
        Path example = Files.createDirectories(folder.resolve("example"));
        copy(OwnJvm.checkout().resolve("examples/births"), example);
        Path yaml = example.resolve("pawl.yaml");
        String text = Files.readString(yaml);
        String relaxed = text.replaceAll("load: \\{[^}]*}", "load: { rate: 20/s, p99: 5s, for: 500ms }");
        assertThat(relaxed).isNotEqualTo(text);
        Files.writeString(yaml, relaxed);
        DemoProject project =
                DemoProject.copyOf(example, folder.resolve("births"), new Commands(clock, OwnJvm.javaHome()));
        project.build("mvn -q -DskipTests package");
        return project;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var walk = Files.walk(from)) {
            for (Path file : walk.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().contains("/target/"))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target);
            }
        }
    }
}
