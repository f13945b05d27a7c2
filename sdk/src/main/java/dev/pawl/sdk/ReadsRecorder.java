package dev.pawl.sdk;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/**
 * Notes what a step reads of files, network and clock, with the JVM's own flight recorder. It costs nothing while it is not started.
 *
 * <p>The recorder sees what Java does: not what native code reads, nor files that are mapped into memory, nor other processes.
 */
final class ReadsRecorder {
    private static final int MOST = 100;
    private static final long MOST_BYTES = 64L << 20;

    /** Of every one, however short: by default the recorder takes samples. */
    private static final List<String> READS = List.of("jdk.FileRead", "jdk.SocketRead", "jdk.SocketWrite");

    private static final String CALLS = "jdk.MethodTrace";

    private final RecordingStream stream = new RecordingStream();
    private final Map<List<String>, SeenRead> seen = new LinkedHashMap<>();
    private final UndeclaredFiles files;
    private boolean more;

    private ReadsRecorder(List<Path> places) {
        this.files = new UndeclaredFiles(places);
    }

    /**
     * What was seen.
     *
     * @param more whether there was more than is kept
     */
    record Seen(List<SeenRead> reads, boolean more) {}

    /** @param places folders and files, as real paths, whose content may be read */
    static ReadsRecorder start(List<Path> places) {
        ReadsRecorder recorder = new ReadsRecorder(places);
        TracedCalls.load();
        recorder.stream.setMaxSize(MOST_BYTES);
        for (String event : READS) {
            recorder.stream
                    .enable(event)
                    .withThreshold(Duration.ZERO)
                    .withStackTrace()
                    .with("throttle", "off");
        }
        recorder.stream.enable(CALLS).withStackTrace().with("filter", TracedCalls.filter());
        recorder.stream.onEvent(recorder::note);
        recorder.stream.startAsync();
        return recorder;
    }

    /** Ends it, and waits until all is noted. */
    Seen end() {
        stream.stop();
        stream.close();
        synchronized (seen) {
            return new Seen(List.copyOf(seen.values()), more);
        }
    }

    private void note(RecordedEvent event) {
        SeenRead.of(event, files).ifPresent(this::keep);
    }

    private void keep(SeenRead read) {
        synchronized (seen) {
            if (seen.size() < MOST) {
                seen.putIfAbsent(read.key(), read);
            } else {
                more |= !seen.containsKey(read.key());
            }
        }
    }
}
