package dev.pawl.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process holds on to. */
record Footprint(long descriptors, long threads, long children, long files) {
    /** Threads of the JDK and of the tests come and go. */
    private static final long SOME = 5;

    static Footprint of(Path folder) throws IOException {
        return new Footprint(
                entries("/proc/self/fd"),
                entries("/proc/self/task"),
                ProcessHandle.current().children().count(),
                files(folder));
    }

    void assertNotLargerThan(Footprint before) {
        assertThat(descriptors).as("descriptors").isLessThanOrEqualTo(before.descriptors + SOME);
        assertThat(threads).as("threads").isLessThanOrEqualTo(before.threads + SOME);
        assertThat(children).as("children").isLessThanOrEqualTo(before.children);
        assertThat(files).as("files").isLessThanOrEqualTo(before.files);
    }

    private static long entries(String folder) throws IOException {
        try (Stream<Path> entries = Files.list(Path.of(folder))) {
            return entries.count();
        }
    }

    private static long files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(Folders.make(folder))) {
            return files.count();
        }
    }
}
