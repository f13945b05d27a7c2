package dev.pawl.ci;

import dev.pawl.kernel.Count;
import dev.pawl.packaging.Made;

/** What was made of a commit, for people. */
final class PackageSummary {
    private PackageSummary() {}

    static String of(Made made, boolean builtTwice) {
        return "package %s of %s, %s%s%s"
                .formatted(
                        made.packageDigest().brief(),
                        Count.of(made.files(), "file"),
                        Count.of(made.bytes(), "byte"),
                        builtTwice ? "; built twice, with one content" : "",
                        made.image()
                                .map(image -> "; image %s of %s"
                                        .formatted(image.digest().brief(), Count.of(image.bytes(), "byte")))
                                .orElse(""));
    }
}
