package dev.pawl.pipeline;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Ids;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who this server is among those that share a database: the same after a restart, so that it gets its own runs back at once.
 *
 * @param jdk which JDK runs it, with its version
 * @param system which operating system, on which kind of processor
 */
record ServerIdentity(String id, String host, String jdk, String system) {
    private static final String FILE = "server-id";

    static ServerIdentity in(Path folder, Ids ids) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, "server-" + ids.next());
            }
            return new ServerIdentity(Files.readString(file).strip(), thisHost(), thisJdk(), thisSystem());
        } catch (IOException e) {
            throw Folders.trouble("read or write " + file, e);
        }
    }

    private static String thisJdk() {
        return Runtime.version() + " of " + System.getProperty("java.vendor", "an unknown vendor");
    }

    private static String thisSystem() {
        return "%s %s on %s"
                .formatted(
                        System.getProperty("os.name"), System.getProperty("os.version"), System.getProperty("os.arch"));
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
