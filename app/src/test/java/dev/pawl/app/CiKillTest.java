package dev.pawl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.executor.ProcessTree;
import dev.pawl.kernel.Clock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills the server with SIGKILL once in every stage of CI, exactly while it is under way. */
class CiKillTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SERVING = "serving";
    private static final String NO_OPTIONS = "-Dpawl.test=true\n";

    private final Clock clock = Clock.system();

    @TempDir
    Path folder;

    private DemoServer server;

    @BeforeEach
    void start() throws Exception {
        Files.writeString(options(), NO_OPTIONS);
        server = started("server");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** One place for steps: what is under way is one thing. */
    private DemoServer started(String name) throws Exception {
        return DemoServer.start(
                folder.resolve(name),
                0,
                true,
                List.of("--pool", "default=1"),
                Map.of("JDK_JAVA_OPTIONS", "@" + options()),
                clock);
    }

    /** JVMs of servers and of served models read it, commands of projects do not. */
    private Path options() {
        return folder.resolve("options");
    }

    @Test
    void a_commit_gets_the_verdict_and_the_package_that_it_gets_in_peace() throws Exception {
        GatedProject gated = GatedProject.in(folder, "seed / round");
        gated.project().push("gated", server.address());

        assertThat(underFire(gated)).containsExactlyInAnyOrderElementsOf(all(GatedProject.GATES, Set.of(SERVING)));

        Verdict verdict = verdict(server);
        assertThat(verdict.facts()).containsEntry("PackageBuilt", 1L).doesNotContainKey("PackageRefused");
        assertNothingIsLeft();
        try (DemoServer peace = started("peace")) {
            gated.project().push("gated", peace.address());
            assertThat(verdict(peace)).isEqualTo(verdict);
        }
    }

    @Test
    void a_commit_is_refused_once() throws Exception {
        GatedProject gated = GatedProject.in(folder, "seed * round");
        for (String gate : List.of("unit", "package", "integration", GatedProject.LAST, "difference", "numeric")) {
            gated.leaveOut(gate);
        }
        gated.project().push("gated", server.address());

        assertThat(underFire(gated)).containsExactlyInAnyOrder("build", "convergence", "contract");

        Verdict verdict = verdict(server);
        assertThat(verdict.run()).containsEntry("refused_by", "convergence");
        assertThat(verdict.facts()).containsEntry("PackageRefused", 1L).doesNotContainKey("PackageBuilt");
        assertThat(verdict.checks()).containsEntry("numeric", "PASSED").containsEntry("convergence", "FAILED");
        assertNothingIsLeft();
    }

    @Test
    void a_cancelled_run_has_no_served_model_any_more() throws Exception {
        GatedProject gated = GatedProject.in(folder, "seed / round");
        GatedProject.GATES.forEach(gate -> quietly(() -> gated.leaveOut(gate)));
        gated.project().push("gated", server.address());
        await(
                "the last step",
                () -> Optional.of(true).filter(_ -> gated.reached().contains(GatedProject.LAST)));
        try (OutputStream _ = servedModel(gated);
                Client client = new Client(server.address(), clock)) {
            client.post("api/ci/" + run(client).path("id").stringValue() + "/cancel", Map.of());
            // it waits for what is written here, and would do so for a minute
            awaitNoProcess(Duration.ofSeconds(30));
            assertThat(client.get("api/ci/" + run(client).path("id").stringValue())
                            .path("checks")
                            .toString())
                    .doesNotContain("RUNNING", "FAILED");
        }
    }

    private static Set<String> all(Set<String> some, Set<String> more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(more);
        return all;
    }

    /** Kills the server at every gate that something comes to, until its CI run is over; returns the stages. */
    private Set<String> underFire(GatedProject gated) throws Exception {
        Set<String> before = gated.reached();
        Set<String> stages = new TreeSet<>();
        while (true) {
            Set<String> known = Set.copyOf(before);
            Set<String> reached = reachedNext(gated, known);
            before = reached;
            Set<String> stage = new TreeSet<>(reached);
            stage.removeAll(known);
            if (stage.isEmpty()) {
                return stages;
            }
            if (stage.remove(GatedProject.LAST)) {
                killWhileServing(gated);
                stage.add(SERVING);
            } else {
                killAt(gated, stage);
            }
            stages.addAll(stage);
            server = started("server");
        }
    }

    /** The same gates, if it is over. */
    private Set<String> reachedNext(GatedProject gated, Set<String> known) {
        try (Client client = new Client(server.address(), clock)) {
            return await(
                    "a gate, or the end",
                    () -> Optional.of(gated.reached()).filter(now -> !known.equals(now) || isOver(client)));
        }
    }

    /** Whoever waits there ends by itself, and leaves orphans to the next server. */
    private void killAt(GatedProject gated, Set<String> stage) throws Exception {
        if (stage.contains("build")) { // nothing else is under way: it will say who waits
            await("who builds", () -> Optional.of(true).filter(_ -> Files.exists(gated.waiting("build"))));
        }
        server.kill();
        for (String gate : stage) {
            Path waiting = gated.waiting(gate);
            if (Files.exists(waiting)) {
                long pid = Long.parseLong(Files.readString(waiting).strip());
                await(
                        "the end of " + pid,
                        () -> Optional.of(true)
                                .filter(_ -> ProcessHandle.of(pid)
                                        .filter(ProcessTree::lives)
                                        .isEmpty()));
            }
        }
    }

    private void killWhileServing(GatedProject gated) throws Exception {
        try (OutputStream _ = servedModel(gated)) {
            server.kill();
        }
        Files.delete(options());
        Files.writeString(options(), NO_OPTIONS);
    }

    /** Lets the integration run end, and returns when a JVM waits for what is written here: the one that is to serve its model. */
    private OutputStream servedModel(GatedProject gated) throws Exception {
        Files.delete(options());
        assertThat(new ProcessBuilder("mkfifo", options().toString()).start().waitFor())
                .isZero();
        gated.open(GatedProject.LAST);
        return CompletableFuture.supplyAsync(() -> {
                    try {
                        return Files.newOutputStream(options());
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void awaitNoProcess(Duration patience) {
        long pid = server.pid();
        await(
                "the end of all processes",
                patience,
                () -> Optional.of(true)
                        .filter(_ -> new ServerProcesses(folder).without(pid).isEmpty()));
    }

    private void assertNothingIsLeft() {
        awaitNoProcess(PATIENCE);
        for (String place : List.of("ci/work", "runs/scratch", "instances", "artifacts/aside")) {
            Path left = folder.resolve("server").resolve(place);
            await(
                    "an empty " + place,
                    () -> Optional.of(true)
                            .filter(_ -> Optional.ofNullable(left.toFile().list())
                                    .filter(files -> files.length > 0)
                                    .isEmpty()));
        }
    }

    /** What there is to compare: without ids and times. */
    private record Verdict(Map<String, String> run, Map<String, String> checks, String made, Map<String, Long> facts) {}

    private Verdict verdict(DemoServer of) {
        try (Client client = new Client(of.address(), clock)) {
            client.get("api/quiet?within=120");
            JsonNode run = run(client);
            Map<String, String> checks = new TreeMap<>();
            String made = "";
            for (JsonNode check :
                    client.get("api/ci/" + run.path("id").stringValue()).path("checks")) {
                String name = check.path("name").stringValue();
                assertThat(checks.put(name, check.path("state").stringValue())).isNull();
                made = name.equals("package") ? check.path("evidence").toString() : made;
            }
            Map<String, String> fields = new TreeMap<>();
            List.of("state", "commit", "package_digest", "definition", "refused_by")
                    .forEach(field -> fields.put(field, run.path(field).asString("")));
            return new Verdict(fields, checks, made, facts(client));
        }
    }

    /** The only one there is. */
    private static JsonNode run(Client client) {
        JsonNode runs = client.get("api/ci").path("runs");
        assertThat(runs.size()).isEqualTo(1);
        return runs.path(0);
    }

    private static Map<String, Long> facts(Client client) {
        Map<String, Long> counts = new TreeMap<>();
        client.get("api/facts?after=0")
                .path("facts")
                .forEach(fact -> counts.merge(
                        fact.path("type").asString(fact.at("/fact/type").asString("")), 1L, Long::sum));
        return counts;
    }

    private static boolean isOver(Client client) {
        return client.get("api/ci")
                .path("runs")
                .valueStream()
                .anyMatch(run -> run.path("finished_at").isString());
    }

    private <T> T await(String what, Supplier<Optional<T>> look) {
        return await(what, PATIENCE, look);
    }

    private <T> T await(String what, Duration patience, Supplier<Optional<T>> look) {
        long until = clock.nanos() + patience.toNanos();
        while (clock.nanos() < until) {
            Optional<T> found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            quietly(() -> clock.sleep(Duration.ofMillis(20)));
        }
        throw new AssertionError("waited in vain for " + what + "; processes: "
                + new ServerProcesses(folder)
                        .without(server.pid()).stream().map(ProcessHandle::info).toList());
    }

    private interface Act {
        void run() throws Exception;
    }

    private static void quietly(Act act) {
        try {
            act.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
