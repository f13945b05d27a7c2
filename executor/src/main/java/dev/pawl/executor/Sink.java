package dev.pawl.executor;

/** Takes a program's output, piece by piece. */
interface Sink {
    /** @param bytes of which the first {@code length} count; the array is the caller's again afterwards */
    void write(byte[] bytes, int length);
}
