package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.store.Artifacts;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/**
 * Writes a package with all that goes with it as one file: {@code package.json} (whose digest is that of the package), the statement and
 * the bill of materials, then the files, then the image.
 */
record PackageArchive(Artifacts artifacts, PackageRecord record) {
    static final String LIST = "package.json";
    static final String FILES = "files/";
    static final String IMAGE = "image/";

    void writeTo(OutputStream target, boolean withImage) {
        Tar tar = new Tar(target);
        try {
            Made made = record.made();
            add(tar, LIST, made.packageDigest(), false);
            add(tar, Provenance.FILE, record.provenance(), false);
            add(tar, Sbom.FILE, made.sbom(), false);
            for (PackageFile file : PackageFile.list(artifacts.text(made.packageDigest()))) {
                add(tar, FILES + file.path(), file.digest(), file.executable());
            }
            if (withImage && made.image().isPresent()) {
                addLayout(tar, IMAGE, made.image().get());
            }
            tar.finish();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    void writeImageTo(OutputStream target, Made.Image image) {
        Tar tar = new Tar(target);
        try {
            addLayout(tar, "", image);
            tar.finish();
        } catch (IOException e) {
            throw trouble(e);
        }
    }

    private void addLayout(Tar tar, String folder, Made.Image image) throws IOException {
        for (Map.Entry<String, Digest> blob : artifacts.members(image.layout()).entrySet()) {
            add(tar, folder + blob.getKey(), blob.getValue(), false);
        }
    }

    private void add(Tar tar, String name, Digest content, boolean executable) throws IOException {
        tar.add(name, artifacts.size(content), executable, out -> artifacts.copyTo(content, out));
    }

    private static PawlException trouble(IOException e) {
        return PawlException.external("not-exported", "The package could not be written: " + e.getMessage(), e);
    }
}
