package dev.pawl.pipeline;

import java.io.IOException;
import java.nio.file.Path;

/** A server in a process of its own, to be killed. */
final class KilledServer {
    private KilledServer() {}

    static Process start(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledServer.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
    }

    /** Begins the chain of {@link RestartTest} and waits to be killed. */
    @SuppressWarnings("resource") // nobody closes anything here
    public static void main(String[] arguments) throws IOException {
        Rig rig = Rig.in(Path.of(arguments[0])).start();
        rig.submit(RestartTest.chain(rig));
        System.in.read();
        Runtime.getRuntime().halt(0);
    }
}
