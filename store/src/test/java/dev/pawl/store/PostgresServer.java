package dev.pawl.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real PostgreSQL server on a free loopback port, started once per JVM and gone with it. */
final class PostgresServer {
    private static final int START_SECONDS = 30;
    private static final Optional<PostgresServer> SHARED = find().map(PostgresServer::new);
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path binaries;
    private final Path folder;
    private final int port;
    private Optional<Process> running = Optional.empty();

    private PostgresServer(Path binaries) {
        try {
            this.binaries = binaries;
            this.folder = Files.createTempDirectory("pawl-postgres");
            this.port = freePort();
            start();
        } catch (IOException e) {
            throw new IllegalStateException("PostgreSQL is here but cannot be started", e);
        }
    }

    /** Empty where PostgreSQL is not installed. */
    static Optional<PostgresServer> shared() {
        return SHARED;
    }

    /** Makes a new, empty database and returns its JDBC URL. */
    String newDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        run("psql", "-h", "127.0.0.1", "-p", "" + port, "-U", "postgres", "-qc", "create database " + name, "postgres");
        return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(port, name);
    }

    private static Optional<Path> find() {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void start() throws IOException {
        Path data = folder.resolve("data");
        if (isRoot()) {
            run("chown", "postgres", folder.toString());
        }
        run(asPostgres(bin("initdb"), "-D", data.toString(), "-U", "postgres", "-A", "trust", "--no-sync"));
        launch();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server())));
        awaitReady();
    }

    private void launch() throws IOException {
        Path data = folder.resolve("data");
        running = Optional.of(new ProcessBuilder(asPostgres(
                        bin("postgres"),
                        "-D",
                        data.toString(),
                        "-k",
                        folder.toString(),
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + port,
                        "-F"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start());
    }

    private Process server() {
        return running.orElseThrow();
    }

    /** Ends the server at once, as a power cut would; what was committed is there after {@link #startAgain}. */
    void crash() {
        run(asPostgres(bin("pg_ctl"), "-D", folder.resolve("data").toString(), "-m", "immediate", "-w", "stop"));
    }

    void startAgain() {
        try {
            launch();
            awaitReady();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady() {
        run(
                "sh",
                "-c",
                "for i in $(seq %d); do %s -q -h 127.0.0.1 -p %d && exit 0; sleep 0.1; done; exit 1"
                        .formatted(START_SECONDS * 10, bin("pg_isready"), port));
    }

    private void stop(Process server) {
        server.descendants().forEach(ProcessHandle::destroy);
        server.destroy();
        try {
            server.waitFor(5, TimeUnit.SECONDS);
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor(5, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String bin(String program) {
        return binaries.resolve(program).toString();
    }

    private static String[] asPostgres(String... command) {
        List<String> words = new ArrayList<>();
        if (isRoot()) {
            words.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        words.addAll(List.of(command));
        return words.toArray(String[]::new);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
