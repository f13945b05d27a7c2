package dev.pawl.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a real worker tells of a step that it was asked to observe. */
@Timeout(120)
class ObservationTest {
    @TempDir
    Path folder;

    private Path own;

    @BeforeEach
    void make() throws IOException {
        own = Files.createDirectory(folder.toRealPath().resolve("own"));
    }

    @Test
    void a_step_that_asks_what_time_it_is_is_told_with_the_line() throws Exception {
        assertThat(reads("asksTheTime", Map.of()))
                .allSatisfy(read ->
                        assertThat(read).startsWith("clock ").contains(" dev.pawl.sdk.Peeking.asksTheTime, line "))
                .extracting(read -> read.split(" ")[1])
                .containsExactlyInAnyOrder(
                        "java.time.Instant.now",
                        "java.time.LocalDate.now",
                        "java.util.Date.<init>",
                        "java.util.Calendar.getInstance",
                        "java.time.Clock$SystemClock.millis");
    }

    @Test
    void a_file_elsewhere_is_told_by_its_real_path() throws Exception {
        Path elsewhere = Files.writeString(folder.toRealPath().resolve("holidays.csv"), "day\n");
        Path link = Files.createSymbolicLink(own.resolve("link"), elsewhere);

        assertThat(reads("readsAFile", Map.of("file", link.toString())))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("file " + elsewhere + " dev.pawl.sdk.Peeking.readsAFile, line ");
    }

    @Test
    void an_attempt_to_connect_is_told_also_where_it_fails() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        assertThat(reads("connects", Map.of("port", (long) port)))
                .anyMatch(
                        read -> read.startsWith("network java.net.Socket.<init> dev.pawl.sdk.Peeking.connects, line "))
                .anyMatch(read -> read.startsWith(
                        "network java.nio.channels.SocketChannel.open dev.pawl.sdk.Peeking.channel, line "))
                .allMatch(read -> read.startsWith("network "));
    }

    @Test
    void an_address_that_is_read_from_is_told() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> server = CompletableFuture.runAsync(() -> answer(socket));

            assertThat(reads("downloads", Map.of("port", (long) socket.getLocalPort())))
                    .anyMatch(read -> read.startsWith(
                            "network localhost:" + socket.getLocalPort() + " dev.pawl.sdk.Peeking.downloads, line "));
            server.join();
        }
    }

    @Test
    void a_step_that_reads_its_own_alone_has_nothing_to_tell_but_what_could_not_be_seen() throws Exception {
        assertThat(reads("behaves", Map.of())).isEmpty();
        assertThat(told("behaves", Map.of()).unseen()).contains("native code", "System.currentTimeMillis()");
    }

    @Test
    void a_hundred_are_told_and_that_there_are_more() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        for (int i = 0; i < 150; i++) {
            Files.writeString(elsewhere.resolve("file-" + i), "x");
        }
        Told told = told("readsALot", Map.of("folder", elsewhere.toString()));

        assertThat(told.reads()).hasSize(100);
        assertThat(told.unseen()).contains("more than 100 reads");
    }

    @Test
    void who_is_not_asked_tells_nothing_and_a_worker_may_be_asked_again() throws Exception {
        try (WorkerProcess worker = new WorkerProcess()) {
            worker.reply();
            assertThat(ask(worker, "asksTheTime", Map.of(), Map.of())).isEmpty();
            assertThat(ask(worker, "asksTheTime", Map.of(), observe())
                            .orElseThrow()
                            .reads())
                    .isNotEmpty();
            assertThat(ask(worker, "behaves", Map.of(), observe()).orElseThrow().reads())
                    .isEmpty();
            assertThat(ask(worker, "asksTheTime", Map.of(), Map.of())).isEmpty();
        }
    }

    private static void answer(ServerSocket socket) {
        try (var client = socket.accept()) {
            client.getOutputStream().write(7);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Told(List<String> reads, String unseen) {
        static Told of(Map<?, ?> observed) {
            List<?> reads = (List<?>) Objects.requireNonNull(observed.get("reads"));
            return new Told(
                    reads.stream()
                            .map(read -> (Map<?, ?>) read)
                            .map(read -> read.get("kind") + " " + read.get("what") + " " + read.get("where"))
                            .toList(),
                    String.valueOf(observed.get("unseen")));
        }
    }

    private List<String> reads(String step, Map<String, Object> parameters) throws IOException {
        return told(step, parameters).reads();
    }

    private Told told(String step, Map<String, Object> parameters) throws IOException {
        try (WorkerProcess worker = new WorkerProcess()) {
            worker.reply();
            return ask(worker, step, parameters, observe()).orElseThrow();
        }
    }

    private Map<String, Object> observe() {
        String javaHome = System.getProperty("java.home");
        return Map.of("observe", Map.of("places", List.of(own.toString(), javaHome, "/dev", "/proc")));
    }

    private Optional<Told> ask(
            WorkerProcess worker, String step, Map<String, Object> parameters, Map<String, Object> more)
            throws IOException {
        Map<String, Object> request = new TreeMap<>(more);
        request.put("call", new Calls(own).of(step, Map.of(), parameters, "out"));
        request.put("class", Peeking.class.getName());
        request.put("method", step);
        worker.ask(Json.write(request));
        String answer = String.valueOf(worker.reply());
        assertThat(answer).startsWith("{\"exit\":0");
        return Json.parse(answer, "reply") instanceof Map<?, ?> reply && reply.get("observed") instanceof Map<?, ?> told
                ? Optional.of(Told.of(told))
                : Optional.empty();
    }
}
