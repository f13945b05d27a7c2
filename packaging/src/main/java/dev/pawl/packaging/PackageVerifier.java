package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Tells whether an exported package is what a server has built and signed, without asking anybody: all that it takes is the file and a
 * key that is trusted. Used once.
 */
public final class PackageVerifier {
    private final TrustedKey key;
    private final Map<String, ArchiveReading.Entry> entries;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private JsonNode statement = Json.tree("{}");
    private int files;

    private PackageVerifier(ArchiveReading reading, TrustedKey key) {
        this.key = key;
        this.entries = reading.entries();
        this.problems.addAll(reading.problems());
    }

    public static Verification verify(Path archive, TrustedKey key) {
        ArchiveReading.requireFile(archive);
        return new PackageVerifier(ArchiveReading.of(archive), key).verification();
    }

    private Verification verification() {
        Optional<Digest> digest = take(PackageArchive.LIST).map(ArchiveReading.Entry::digest);
        readFiles();
        readStatement();
        digest.ifPresent(this::compareSubject);
        compareSbom();
        boolean image = new ImageVerifier(entries, imageDigest(), imageName(), this::problem).verify(known);
        entries.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> problem("unknown-file", name, "nothing signed tells of it"));
        return new Verification(
                digest,
                key.id(),
                text("/subject/0/name"),
                text("/predicate/buildDefinition/externalParameters/repository"),
                text("/predicate/buildDefinition/externalParameters/commit"),
                text("/predicate/runDetails/metadata/invocationId"),
                files,
                image,
                List.copyOf(problems));
    }

    /** What must be there. */
    private Optional<ArchiveReading.Entry> take(String name) {
        known.add(name);
        Optional<ArchiveReading.Entry> entry = Optional.ofNullable(entries.get(name));
        if (entry.isEmpty()) {
            problem("missing-file", name, "it is not there");
        }
        return entry;
    }

    private void readFiles() {
        String list = Optional.ofNullable(entries.get(PackageArchive.LIST))
                .flatMap(ArchiveReading.Entry::text)
                .orElse("[]");
        try {
            for (PackageFile file : PackageFile.list(list)) {
                files++;
                String name = PackageArchive.FILES + file.path();
                take(name).ifPresent(entry -> compare(name, file, entry));
            }
        } catch (PawlException e) {
            problem("bad-list", PackageArchive.LIST, "it is not a list of files: " + e.text());
        }
    }

    private void compare(String name, PackageFile file, ArchiveReading.Entry entry) {
        if (!entry.digest().equals(file.digest())) {
            problem("other-content", name, "its content is %s, listed is %s".formatted(entry.digest(), file.digest()));
        }
        if (entry.executable() != file.executable()) {
            problem("other-mode", name, "it is " + (file.executable() ? "not " : "") + "executable, against the list");
        }
    }

    private void readStatement() {
        Optional<String> json = take(Provenance.FILE).flatMap(ArchiveReading.Entry::text);
        if (json.isEmpty()) {
            return;
        }
        try {
            Envelope envelope = Envelope.read(json.get());
            if (!envelope.keyId().equals(key.id().hex())) {
                problem(
                        "other-key",
                        Provenance.FILE,
                        "it is signed with the key %s, trusted is %s"
                                .formatted(envelope.keyId(), key.id().hex()));
            } else if (!envelope.isSignedBy(key)) {
                problem(
                        "bad-signature",
                        Provenance.FILE,
                        "the signature is not that of the trusted key over this statement");
            }
            statement = Json.tree(envelope.payload());
            requireText("/_type", Provenance.STATEMENT);
            requireText("/predicateType", Provenance.PREDICATE);
            requireText("/predicate/buildDefinition/buildType", Provenance.BUILD_TYPE);
            requireText("/predicate/runDetails/builder/id", Provenance.builder(key.id()));
        } catch (PawlException e) {
            problem("bad-statement", Provenance.FILE, e.text());
        }
    }

    private void compareSubject(Digest digest) {
        String signed = text("/subject/0/digest/sha256").orElse("nothing");
        if (!signed.equals(digest.hex())) {
            problem(
                    "other-package",
                    PackageArchive.LIST,
                    "its digest is %s, signed is %s".formatted(digest.hex(), signed));
        }
    }

    private void compareSbom() {
        String signed = "nothing";
        for (JsonNode byproduct : statement.at("/predicate/runDetails/byproducts")) {
            if (byproduct.path("name").asString("").equals(Sbom.FILE)) {
                signed = byproduct.at("/digest/sha256").asString("nothing");
            }
        }
        Optional<ArchiveReading.Entry> sbom = take(Sbom.FILE);
        if (sbom.isPresent() && !sbom.get().digest().hex().equals(signed)) {
            problem(
                    "other-sbom",
                    Sbom.FILE,
                    "its digest is %s, signed is %s"
                            .formatted(sbom.get().digest().hex(), signed));
        }
    }

    private String imageName() {
        return ImageBuild.name(
                text("/subject/0/name").orElse(""),
                text("/predicate/buildDefinition/externalParameters/commit").orElse(""));
    }

    private Optional<Digest> imageDigest() {
        return text("/subject/1/digest/sha256")
                .filter(_ ->
                        text("/subject/1/name").filter(Provenance.IMAGE::equals).isPresent())
                .filter(hex -> hex.matches("[0-9a-f]{64}"))
                .map(hex -> new Digest("sha256:" + hex));
    }

    private void requireText(String pointer, String expected) {
        String found = text(pointer).orElse("nothing");
        if (!Objects.equals(found, expected)) {
            problem("bad-statement", Provenance.FILE, "%s is %s, not %s".formatted(pointer, found, expected));
        }
    }

    private Optional<String> text(String pointer) {
        JsonNode node = statement.at(pointer);
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private void problem(String code, String file, String text) {
        problems.add(new Problem(code, file, text));
    }
}
