package dev.pawl.pipeline;

import dev.pawl.executor.Executors;
import dev.pawl.executor.LocalSettings;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.store.Store;
import dev.pawl.store.TestDatabases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One of several servers on one PostgreSQL and one folder of artifacts, in a process of its own. */
final class SharingServer {
    private SharingServer() {}

    static Process start(String url, Path folder, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        SharingServer.class.getName(),
                        url,
                        folder.toString(),
                        name)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    /** Arguments: the database's URL, the shared folder and a name. Ends in good order with SIGTERM. */
    @SuppressWarnings("resource") // closed when the process is told to end
    public static void main(String[] arguments) throws InterruptedException {
        Path folder = Path.of(arguments[1]);
        Path work = folder.resolve(arguments[2]);
        Store store = Store.open(
                TestDatabases.POSTGRES.connect(arguments[0]),
                folder,
                Clock.system(),
                Ids.system(),
                List.of(Orchestrator.SCHEMA));
        Orchestrator orchestrator = new Orchestrator(
                store,
                new Definitions(store.artifacts()),
                work,
                Executors.local(Clock.system(), LocalSettings.ofThisMachine(), work),
                Places.inDefaultPool(2),
                (_, _) -> Optional.empty());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            orchestrator.close();
            store.close();
        }));
        orchestrator.start();
        Thread.currentThread().join();
    }
}
