package dev.pawl.executor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads what {@code strace} tells as it comes, and keeps what the command did not declare. Safe for use by two threads. */
final class TracedReads implements Sink {
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int MOST_OWN = 10_000;
    private static final int LONGEST = 300;

    static final String CLOCK = "the clock: commands read it without asking the system";

    /** Who users are and how hosts are called, asked of services of the machine by the C library. */
    private static final List<String> OF_THE_SYSTEM =
            List.of("/var/run/nscd/", "/run/nscd/", "/run/systemd/", "/var/run/systemd/", "/var/lib/sss/");

    /** Every JVM looks there whether another has left something. */
    private static final String OF_JVMS = "/tmp/hsperfdata_";

    private final ReadablePlaces places;
    private final Path folder;
    private final Set<Read> reads = new LinkedHashSet<>();
    private final Set<String> own = new HashSet<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean more;

    /** @param folder the attempt's own */
    TracedReads(ReadablePlaces places, Path folder) {
        this.places = places;
        this.folder = folder;
    }

    @Override
    public synchronized void write(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n') {
                TraceLine.of(line.toString(StandardCharsets.UTF_8)).ifPresent(this::note);
                line.reset();
            } else if (line.size() < LONGEST_LINE) {
                line.write(bytes[i]);
            }
        }
    }

    synchronized Observed observed() {
        List<String> unseen = new ArrayList<>(List.of(CLOCK));
        if (more) {
            unseen.add("more than " + reads.size() + " reads");
        }
        return new Observed(List.copyOf(reads), unseen);
    }

    private void note(TraceLine told) {
        switch (told) {
            case TraceLine.Began(Path program) -> places.addInstallation(program);
            case TraceLine.Bound(TraceLine.Address address) -> addOwn(address.text());
            case TraceLine.Connected connected -> connected(connected);
            case TraceLine.Opened opened -> opened(opened);
        }
    }

    /** What a program made itself, outside of its folder, it may read. */
    private void opened(TraceLine.Opened opened) {
        String file = opened.file().toString();
        if (places.has(opened.file()) || file.startsWith(OF_JVMS)) {
            return;
        } else if (opened.isNew()) {
            addOwn(file);
        } else if (opened.isRead() && !own.contains(file) && !Files.isDirectory(opened.file())) {
            keep(Read.Kind.FILE, file);
        }
    }

    private void connected(TraceLine.Connected connected) {
        TraceLine.Address address = connected.address();
        boolean isTold = address.isOfNetwork() || (connected.succeeded() && isElsewhere(address.text()));
        if (isTold && !own.contains(address.text())) {
            keep(Read.Kind.NETWORK, address.text());
        }
    }

    /** A socket that another program of the machine made; a relative path is one in the folder {@code work}. */
    private boolean isElsewhere(String socket) {
        return (socket.startsWith("/") || socket.startsWith("@"))
                && !socket.startsWith(folder.toString())
                && OF_THE_SYSTEM.stream().noneMatch(socket::startsWith);
    }

    private void addOwn(String name) {
        if (own.size() < MOST_OWN) {
            own.add(name);
        }
    }

    private void keep(Read.Kind kind, String what) {
        Read read = new Read(kind, what.length() <= LONGEST ? what : what.substring(0, LONGEST), "");
        if (reads.size() < Observed.MOST) {
            reads.add(read);
        } else {
            more |= !reads.contains(read);
        }
    }
}
