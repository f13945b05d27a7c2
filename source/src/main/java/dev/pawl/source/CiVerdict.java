package dev.pawl.source;

import dev.pawl.kernel.CiRunId;

/** The newest word of CI on a commit. */
public record CiVerdict(boolean passed, String because, CiRunId ciRun) {}
