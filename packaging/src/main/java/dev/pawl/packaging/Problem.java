package dev.pawl.packaging;

/**
 * Something in an exported package that is not as it should be.
 *
 * @param code for programs
 * @param file in the archive; empty if it is about the archive as a whole
 */
public record Problem(String code, String file, String text) {}
