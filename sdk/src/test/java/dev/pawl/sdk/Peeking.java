package dev.pawl.sdk;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Calendar;
import java.util.Date;
import java.util.UUID;
import java.util.logging.Logger;

/** Steps that read what they do not declare, and one that does not. */
@SuppressWarnings({"JavaUtilDate", "JavaTimeDefaultTimeZone"}) // steps ask so all the same
final class Peeking {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @Step
    String asksTheTime() {
        return String.valueOf(new Object[] {
                    Instant.now(),
                    LocalDate.now(),
                    new Date(),
                    Calendar.getInstance(),
                    Clock.systemUTC().millis()
                }
                .length);
    }

    @Step
    String readsAFile(@Param String file) throws IOException {
        return Files.readString(Path.of(file))
                + Files.readAllLines(Path.of(file)).size();
    }

    @Step
    String connects(@Param int port) throws IOException {
        try (var socket = new Socket(HERE, port)) {
            return "connected " + socket.isConnected();
        } catch (IOException e) {
            return channel(port);
        }
    }

    private String channel(int port) throws IOException {
        try (var channel = SocketChannel.open(new InetSocketAddress(HERE, port))) {
            return "connected " + channel.isConnected();
        } catch (IOException e) {
            return "refused";
        }
    }

    @Step
    String downloads(@Param int port) throws IOException {
        try (var socket = new Socket(HERE, port)) {
            return "" + socket.getInputStream().read();
        }
    }

    /** Its own folder, moments that it is told, and what the JDK does for ends of its own. */
    @Step
    String behaves(Workspace workspace) throws IOException {
        Path own = workspace.folder().resolve("own.txt");
        Files.writeString(own, "own");
        Logger.getLogger("peeking").info("a line with its time");
        return Files.readString(own)
                + new Date(0L).getTime()
                + Instant.EPOCH
                + UUID.randomUUID().toString().length();
    }

    @Step
    String readsALot(@Param String folder) throws IOException {
        for (int i = 0; i < 150; i++) {
            Files.readAllBytes(Path.of(folder, "file-" + i));
        }
        return "read";
    }
}
