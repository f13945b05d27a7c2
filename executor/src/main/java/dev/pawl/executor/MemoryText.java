package dev.pawl.executor;

/** An amount of memory as people write it. */
final class MemoryText {
    private static final long MIB = 1L << 20;

    private MemoryText() {}

    static String of(long bytes) {
        return bytes < MIB ? bytes + " bytes" : bytes / MIB + " MiB";
    }
}
