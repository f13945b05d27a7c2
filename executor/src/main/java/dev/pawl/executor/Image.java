package dev.pawl.executor;

import dev.pawl.kernel.PawlException;
import java.util.regex.Pattern;

/**
 * A container image. What a name means changes; what a digest means does not.
 *
 * @param reference as the container engine knows it: {@code name@sha256:...}, or the id of one on this machine, {@code sha256:...}
 * @param network whether its programs may reach any network
 */
public record Image(String reference, boolean network) {
    private static final Pattern PINNED = Pattern.compile("(\\S+@)?sha256:[0-9a-f]{64}");

    public Image {
        if (!PINNED.matcher(reference).matches()) {
            throw PawlException.user(
                    "image-not-pinned",
                    "The container image '" + reference + "' is not pinned: write NAME@sha256:DIGEST, which"
                            + " 'podman image inspect --format {{.Digest}} NAME' tells");
        }
    }
}
