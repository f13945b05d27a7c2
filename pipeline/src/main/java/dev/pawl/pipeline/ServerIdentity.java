package dev.pawl.pipeline;

import dev.pawl.executor.Folders;
import dev.pawl.kernel.Ids;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who this server is among those that share a database: the same after a restart, so that it gets its own runs back at once. */
record ServerIdentity(String id, String host) {
    private static final String FILE = "server-id";

    static ServerIdentity in(Path folder, Ids ids) {
        Path file = folder.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, "server-" + ids.next());
            }
            return new ServerIdentity(Files.readString(file).strip(), thisHost());
        } catch (IOException e) {
            throw Folders.trouble("read or write " + file, e);
        }
    }

    private static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
