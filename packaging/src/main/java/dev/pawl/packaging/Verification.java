package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What was found in an exported package.
 *
 * @param packageDigest that the list of files has
 * @param keyId of the key that is trusted
 * @param project and the rest: as the provenance says, of which nothing is to be believed if there are problems
 * @param files of the package
 * @param image whether the archive holds the image
 */
public record Verification(
        Optional<Digest> packageDigest,
        Digest keyId,
        Optional<String> project,
        Optional<String> repository,
        Optional<String> commit,
        Optional<String> ciRun,
        int files,
        boolean image,
        List<Problem> problems) {

    public boolean passed() {
        return problems.isEmpty();
    }
}
