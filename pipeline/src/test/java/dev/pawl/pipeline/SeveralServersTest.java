package dev.pawl.pipeline;

import static dev.pawl.pipeline.TestStep.pipeline;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pawl.executor.Executors;
import dev.pawl.executor.LocalSettings;
import dev.pawl.executor.ProcessTree;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Three servers, each a process, share one PostgreSQL and one folder of artifacts; one of them is killed. */
@Timeout(180)
class SeveralServersTest {
    private static final int RUNS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** An attempt as its row tells of it. */
    private record Attempt(String run, String step, String server, String state, boolean ended) {}

    @Test
    void when_one_dies_another_carries_on_and_every_effect_is_committed_once() throws Exception {
        String url = TestDatabases.POSTGRES.fresh(folder);
        try (Rig client = client(url)) {
            List<RunId> runs = new ArrayList<>();
            List<Process> servers = start(url);
            try {
                await().atMost(PATIENCE).until(() -> leases(client) == 3);
                runs.addAll(submit(client));
                await().atMost(PATIENCE).until(() -> underWay(client).size() == RUNS);
                Set<String> shared = servers(underWay(client));
                assertThat(shared).as("they share the work").hasSizeGreaterThan(1);

                int victim = IntStream.range(0, servers.size())
                        .filter(i -> shared.contains(id(i)))
                        .findFirst()
                        .orElseThrow();
                String dead = id(victim);
                servers.get(victim).destroyForcibly().waitFor();
                Set<String> leftover = pids(client, runs);
                await().atMost(PATIENCE)
                        .until(() -> !servers(underWay(client)).contains(dead)
                                && underWay(client).size() == RUNS);
                Rig.write(client.mark("go"), "");
                for (RunId run : runs) {
                    await().atMost(PATIENCE)
                            .until(() -> client.orchestrator().run(run).state().isOver());
                }
                assertOnce(client, runs);
                assertThat(leftover).hasSizeGreaterThanOrEqualTo(RUNS);
            } finally {
                for (Process server : servers) {
                    server.destroy();
                    server.waitFor(20, TimeUnit.SECONDS);
                    server.destroyForcibly();
                }
            }
            assertNothingIsLeft(client, runs);
        }
    }

    private Rig client(String url) {
        return Rig.over(
                () -> Store.open(
                        TestDatabases.POSTGRES.connect(url),
                        folder,
                        Clock.system(),
                        Ids.system(),
                        List.of(Orchestrator.SCHEMA)),
                folder,
                Executors.local(Clock.system(), LocalSettings.ofThisMachine(), folder.resolve("client")));
    }

    /** Every step of every run writes a line of its own into a file that is only ever appended to. */
    private static List<RunId> submit(Rig client) {
        List<RunId> runs = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            runs.add(client.submit(pipeline(
                    client.step("first", "echo x >> $MARKS/first-%d; echo %d > ../outputs/first".formatted(i, i)),
                    client.step("held", held(i)).after("first"),
                    client.step("last", "echo x >> $MARKS/last-%d; cp ../inputs/held ../outputs/last".formatted(i))
                            .after("held"))));
        }
        return runs;
    }

    private static String held(int run) {
        return ("echo $$ >> $MARKS/held-%d; while [ ! -f $MARKS/go ]; do sleep 0.05; done; echo done >> $MARKS/done-%d;"
                        + " cp ../inputs/first ../outputs/held")
                .formatted(run, run);
    }

    private String id(int server) {
        try {
            return Files.readString(folder.resolve("server-" + server + "/server-id"))
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Process> start(String url) throws IOException {
        List<Process> servers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            servers.add(SharingServer.start(url, folder, "server-" + i));
        }
        return servers;
    }

    private static List<Attempt> attempts(Rig client) {
        return client.store()
                .database()
                .read(tx -> tx.list(
                        row -> new Attempt(
                                row.text("run_id"),
                                row.text("name"),
                                row.text("server"),
                                row.text("state"),
                                row.optionalInstant("ended_at").isPresent()),
                        "select * from attempt order by run_id, name, number"));
    }

    private static List<Attempt> underWay(Rig client) {
        return attempts(client).stream()
                .filter(attempt -> attempt.step().equals("held") && !attempt.ended())
                .toList();
    }

    private static Set<String> servers(List<Attempt> attempts) {
        Set<String> servers = new HashSet<>();
        attempts.forEach(attempt -> servers.add(attempt.server()));
        return servers;
    }

    private static Set<String> pids(Rig client, List<RunId> runs) {
        Set<String> pids = new HashSet<>();
        for (int i = 0; i < runs.size(); i++) {
            pids.addAll(List.of(client.read("held-" + i).split("\n")));
        }
        return pids;
    }

    private static void assertOnce(Rig client, List<RunId> runs) {
        List<Attempt> attempts = attempts(client);
        for (int i = 0; i < runs.size(); i++) {
            String run = runs.get(i).value();
            assertThat(client.orchestrator().run(runs.get(i)).state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(client.output(runs.get(i), "last").strip()).isEqualTo("" + i);
            assertThat(client.count("first-" + i)).isEqualTo(1);
            assertThat(client.count("last-" + i)).isEqualTo(1);
            assertThat(client.count("done-" + i)).as("no orphan went on").isEqualTo(1);
            List<Attempt> held = attempts.stream()
                    .filter(attempt ->
                            attempt.run().equals(run) && attempt.step().equals("held"))
                    .toList();
            assertThat(client.count("held-" + i)).as("as often as its rows say").isEqualTo(held.size());
            assertThat(held)
                    .filteredOn(attempt -> attempt.state().equals("SUCCEEDED"))
                    .hasSize(1);
            assertThat(held)
                    .filteredOn(attempt -> !attempt.state().equals("SUCCEEDED"))
                    .allMatch(attempt -> attempt.state().equals("LOST"));
        }
        assertThat(client.finished()).extracting(end -> end.runId()).containsExactlyInAnyOrderElementsOf(runs);
    }

    /** No process, no claim, and of the leases only that of the server that was killed, which has run out. */
    private static void assertNothingIsLeft(Rig client, List<RunId> runs) {
        assertThat(pids(client, runs))
                .allMatch(pid -> ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessTree::lives)
                        .isEmpty());
        long claimed =
                client.store().database().read(tx -> tx.number("select count(*) from run where owner is not null"));
        assertThat(claimed).isZero();
        assertThat(leases(client)).isZero();
    }

    private static long leases(Rig client) {
        return client.store()
                .database()
                .read(tx -> tx.number(
                        "select count(*) from server where lease_until > ?",
                        client.store().clock().now()));
    }
}
