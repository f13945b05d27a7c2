package dev.pawl.packaging;

import dev.pawl.definition.PackageNeeds;
import dev.pawl.kernel.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What was made of a commit, all of it kept as artifacts: the evidence of the check {@code package}.
 *
 * @param packageDigest of the folder with the package's files
 * @param files how many it has
 * @param bytes of all of them together
 * @param sbom the bill of materials
 * @param needs what the package needs of the machine that runs it
 * @param locks files of the package that name libraries which are not in it
 */
public record Made(
        Origin origin,
        Digest packageDigest,
        int files,
        long bytes,
        Digest sbom,
        Optional<Image> image,
        PackageNeeds needs,
        List<Lock> locks) {

    public record Lock(String path, Digest digest) {}

    /**
     * An image for containers with the package in it.
     *
     * @param name that it has where it is loaded
     * @param digest of its manifest: what registries know it by
     * @param layout a folder of artifacts, an OCI image layout
     * @param base what it stands on: scratch, a name with a digest, or a file of the repository
     * @param baseDigest of the base; none for scratch
     */
    public record Image(
            String name, Digest digest, Digest layout, long bytes, String base, Optional<Digest> baseDigest) {}
}
