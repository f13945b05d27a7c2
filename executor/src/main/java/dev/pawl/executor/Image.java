package dev.pawl.executor;

/**
 * A container image.
 *
 * @param reference as the container engine knows it, best with a digest: {@code name@sha256:...}
 * @param network whether its programs may reach any network
 */
public record Image(String reference, boolean network) {}
