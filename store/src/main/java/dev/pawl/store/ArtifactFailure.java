package dev.pawl.store;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import java.io.IOException;

/** What can go wrong with artifacts, in words that help. */
final class ArtifactFailure {
    private ArtifactFailure() {}

    static PawlException damaged(Digest digest, String how) {
        return PawlException.external(
                Artifacts.DAMAGED,
                "Artifact " + digest + " is damaged: " + how + ". It is made again by running its step.",
                new IOException(how));
    }

    static PawlException trouble(String what, IOException e) {
        return PawlException.external(
                "disk-trouble", "Cannot " + what + ": " + e + ". Is the disk full or read-only?", e);
    }
}
