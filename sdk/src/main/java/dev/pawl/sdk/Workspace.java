package dev.pawl.sdk;

import java.nio.file.Path;

/**
 * Where a step may write whatever it likes while it runs.
 *
 * @param folder empty when the attempt begins, of this attempt alone, and gone after it; a file to be kept is returned by the step
 */
public record Workspace(Path folder) {}
