package dev.pawl.source;

import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.UploadPack;

/** How Pawl speaks git's smart protocol, one request at a time, and what it lets in. */
record GitTransfer(long mostPackBytes) {
    static final long MOST_PACK_BYTES = 512L * 1024 * 1024;
    private static final long MOST_OBJECT_BYTES = 256L * 1024 * 1024;
    /** JGit puts together in memory what came as a difference. */
    private static final int OBJECT_PART_OF_HEAP = 4;

    private static final long MOST_REQUEST_BYTES = 16L * 1024 * 1024;

    UploadPack fetch(Repository repository, String protocol) {
        UploadPack pack = new UploadPack(repository);
        pack.setBiDirectionalPipe(false);
        if (!protocol.isEmpty()) {
            pack.setExtraParameters(List.of(protocol.split(":", -1)));
        }
        return pack;
    }

    /** @param rules asked when all has come, right before branches move: they may have changed since the push began */
    ReceivePack push(Repository repository, Supplier<PushRules> rules) {
        ReceivePack pack = new ReceivePack(repository);
        pack.setBiDirectionalPipe(false);
        pack.setCheckReceivedObjects(true);
        pack.setMaxObjectSizeLimit(mostObjectBytes());
        pack.setPreReceiveHook((_, commands) -> rules.get().apply(repository, commands));
        return pack;
    }

    /** A pack may be small where what it unfolds to is not. */
    private long mostObjectBytes() {
        long part = Runtime.getRuntime().maxMemory() / OBJECT_PART_OF_HEAP;
        return Math.min(mostPackBytes, Math.min(MOST_OBJECT_BYTES, part));
    }

    /** This form of JGit's call writes the line that names the service by itself. */
    void advertise(UploadPack pack, String service, OutputStream out) throws IOException {
        pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(new PacketLineOut(out)), service);
    }

    void advertise(ReceivePack pack, String service, OutputStream out) throws IOException {
        PacketLineOut lines = new PacketLineOut(out);
        lines.writeString("# service=" + service + "\n");
        lines.end();
        pack.sendAdvertisedRefs(new PacketLineOutRefAdvertiser(lines));
    }

    static InputStream unzip(InputStream body) {
        try {
            return new GZIPInputStream(body);
        } catch (IOException e) {
            throw PawlException.user("bad-gzip", "The request says that it is gzip, but is not: " + e.getMessage());
        }
    }

    /** What a fetch asks for is a list of commits. */
    static BoundedInput asked(InputStream body) {
        return new BoundedInput(body, MOST_REQUEST_BYTES, "what is asked for");
    }

    /** JGit has a limit too, but tells it only where the server knows how many bytes are waiting. */
    BoundedInput pushed(InputStream body) {
        return new BoundedInput(body, mostPackBytes, "the push");
    }
}
