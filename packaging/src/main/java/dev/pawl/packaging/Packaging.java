package dev.pawl.packaging;

import dev.pawl.definition.Definition;
import dev.pawl.definition.PackageNeeds;
import dev.pawl.executor.Folders;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Secrets;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What goes with a package: bill of materials, image and signed provenance. All of it is kept as artifacts, for as long as the package
 * is. Safe for use by many threads.
 */
public final class Packaging implements Needs {
    public static final Schema SCHEMA = new Schema("packaging", Packaging.class, 1);

    private final Store store;
    private final SigningKey key;
    private final Secrets secrets;
    private final Path folder;
    private final RecordStore records = new RecordStore();

    /**
     * @param secrets among them the logins of registries
     * @param folder for what is written while images are pushed; of one server
     */
    public Packaging(Store store, SigningKey key, Secrets secrets, Path folder) {
        this.store = store;
        this.secrets = secrets;
        this.key = key;
        this.folder = folder;
        Folders.delete(folder.resolve("push")); // left by one that was killed
        Folders.delete(folder.resolve("base-images")); // of before, when projects shared them
    }

    /**
     * Makes what depends on the package and its commit alone. To be called again after a crash: the same content comes out.
     *
     * @param source where the package's files are
     * @param work a folder for what is written on the way
     */
    public Made make(Origin origin, Digest packageDigest, Definition definition, Path source, Path work)
            throws InterruptedException {
        Contents contents = Contents.read(store.artifacts(), packageDigest, source, definition);
        Digest sbom = store.artifacts().putText(new Sbom(origin, contents).json());
        Optional<Made.Image> image = Optional.empty();
        if (definition.ci().image().isPresent()) {
            image = Optional.of(images(work, source).build(definition.ci(), origin, packageDigest, contents.files()));
        }
        return new Made(
                origin,
                packageDigest,
                contents.files().size(),
                contents.bytes(),
                sbom,
                image,
                PackageNeeds.of(definition).withJava(contents.java()),
                contents.locks().stream()
                        .map(lock -> new Made.Lock(lock.path(), lock.digest()))
                        .toList());
    }

    /** Signs where the package came from, once it has passed all checks. */
    public PackageRecord sign(Tx tx, long number, Build build) {
        Map<String, Digest> evidence = new TreeMap<>();
        build.checks()
                .forEach(check -> evidence.put(check.name(), store.artifacts().putText(Json.write(check))));
        String statement = new Provenance(build, key.id(), evidence).statement();
        Digest envelope =
                store.artifacts().putText(Envelope.sign(key, statement).json());
        PackageRecord record = new PackageRecord(
                build.ciRun(), build.made(), build.definition(), envelope, key.id(), build.finishedAt());
        records.add(tx, number, record, evidence.values());
        return record;
    }

    public TrustedKey key() {
        return key.trusted();
    }

    public Optional<PackageRecord> find(Digest digest) {
        return store.database().read(tx -> records.first(tx, digest, key.id()));
    }

    public PackageRecord record(Digest digest) {
        return find(digest)
                .orElseThrow(() -> PawlException.notFound(
                        "no-package-record",
                        "There is no signed package %s; 'pawl facts' tells which packages were built"
                                .formatted(digest)));
    }

    public String sbom(Digest digest) {
        return store.artifacts().text(record(digest).made().sbom());
    }

    public String provenance(Digest digest) {
        return store.artifacts().text(record(digest).provenance());
    }

    /** One file with the package and all that goes with it. */
    public void export(Digest digest, boolean withImage, OutputStream out) {
        new PackageArchive(store.artifacts(), record(digest)).writeTo(out, withImage);
    }

    /** The image as one file, an OCI layout, which container engines load. */
    public void image(Digest digest, OutputStream out) {
        new PackageArchive(store.artifacts(), record(digest)).writeImageTo(out, requireImage(digest));
    }

    /** @throws PawlException if it has none */
    public Made.Image requireImage(Digest digest) {
        return record(digest)
                .made()
                .image()
                .orElseThrow(() -> PawlException.notFound(
                        "no-image",
                        "Package %s has no image; ci.image in pawl.yaml asks for one".formatted(digest.brief())));
    }

    /**
     * Pushes the image of a package to a registry, where it has the same digest.
     *
     * @param to a name with the registry's host
     * @param secret the name of a secret of the project, USER:PASSWORD, if the registry wants one
     */
    public Made.Image push(Digest digest, String to, Optional<String> secret) throws InterruptedException {
        PackageRecord record = record(digest);
        Made made = record.made();
        Made.Image image = requireImage(digest);
        Push push = new Push(
                to,
                secret.map(name -> Push.Login.of(
                        name, secrets.require(made.origin().project(), name).value())));
        Path work = folder.resolve("push").resolve(store.ids().next());
        Path source = work.resolve("package");
        try {
            store.artifacts().writeFolderTo(digest, source);
            if (image.baseDigest().isPresent() && !image.base().contains("@")) {
                store.artifacts().writeTo(image.baseDigest().get(), source.resolve(image.base()));
            }
            List<PackageFile> files = PackageFile.list(store.artifacts().text(digest));
            Definition definition = new Definitions(store.artifacts()).get(record.definition());
            ImageBuild build = images(work, source);
            requireSame(image, build.build(definition.ci(), made.origin(), digest, files));
            build.push(definition.ci(), made.origin(), digest, files, push);
            return image;
        } finally {
            Folders.delete(work);
        }
    }

    /** Another Pawl may build other bytes of the same files; those nobody has signed. */
    private static void requireSame(Made.Image signed, Made.Image again) {
        if (!signed.digest().equals(again.digest())) {
            throw PawlException.conflict(
                    "other-image",
                    "Built now, the image is %s, signed is %s: get it with 'pawl package image' and push that"
                            .formatted(again.digest(), signed.digest()));
        }
    }

    private ImageBuild images(Path work, Path source) {
        return new ImageBuild(store.artifacts(), work, source);
    }

    @Override
    public void needs(Tx tx, Needed needed) {
        records.needs(tx, needed);
    }
}
