package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import java.util.List;

/** A file of a package. The list of them, as canonical JSON, is what the package's digest is the digest of. */
record PackageFile(String path, Digest digest, boolean executable) {
    static List<PackageFile> list(String json) {
        return List.of(Json.read(json, PackageFile[].class));
    }

    boolean endsWith(String ending) {
        return path.endsWith(ending);
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
