package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The image in an exported package, if it is there: every blob is what its name says, and all hang together from the signed digest.
 *
 * @param signed the digest of the manifest, as the statement says it
 * @param name of the image, as it follows from the statement
 */
record ImageVerifier(Map<String, ArchiveReading.Entry> entries, Optional<Digest> signed, String name, Report report) {
    private static final String INDEX = PackageArchive.IMAGE + "index.json";
    private static final String LAYOUT = PackageArchive.IMAGE + "oci-layout";

    /** As an image's builder writes it, to the byte. */
    private static final Digest LAYOUT_DIGEST = Digest.of("{\"imageLayoutVersion\": \"1.0.0\"}");

    interface Report {
        void problem(String code, String file, String text);
    }

    /**
     * @param known gets the names of all files that belong to the image
     * @return whether there is one
     */
    boolean verify(Set<String> known) {
        if (entries.keySet().stream().noneMatch(name -> name.startsWith(PackageArchive.IMAGE))) {
            return false;
        }
        if (signed.isEmpty()) {
            report.problem("unsigned-image", PackageArchive.IMAGE, "the statement tells of no image");
            return true;
        }
        known.add(INDEX);
        known.add(LAYOUT);
        compare(pointed(text(INDEX), "/manifests/0/digest"), known);
        return true;
    }

    private void compare(Optional<Digest> indexed, Set<String> known) {
        Digest manifest = signed.orElseThrow();
        if (!indexed.equals(signed)) {
            report.problem(
                    "other-image",
                    INDEX,
                    "it points to %s, signed is %s"
                            .formatted(indexed.map(Digest::value).orElse("nothing"), manifest));
        }
        String json = blob(manifest, known);
        compareIndex(manifest, json);
        pointed(json, "/config/digest").ifPresent(config -> blob(config, known));
        for (JsonNode layer : tree(json).path("layers")) {
            digest(layer.path("digest")).ifPresent(it -> blob(it, known));
        }
        compareLayout();
    }

    /** Nothing in it is signed but the digest, so all the rest has to follow from that and from the signed statement. */
    private void compareIndex(Digest manifest, String json) {
        String expected = ImageLayout.index(manifest, json.getBytes(StandardCharsets.UTF_8).length, name);
        if (!text(INDEX).equals(expected)) {
            report.problem("bad-image", INDEX, "it is not the one that Pawl writes for the signed image");
        }
    }

    private void compareLayout() {
        ArchiveReading.Entry layout = entries.get(LAYOUT);
        if (layout == null || !layout.digest().equals(LAYOUT_DIGEST)) {
            report.problem("bad-image", LAYOUT, "it is not the one that Pawl writes");
        }
    }

    private String blob(Digest digest, Set<String> known) {
        String name = PackageArchive.IMAGE + ImageLayout.BLOBS + digest.hex();
        known.add(name);
        ArchiveReading.Entry entry = entries.get(name);
        if (entry == null) {
            report.problem("missing-file", name, "it is not there");
            return "";
        }
        if (!entry.digest().equals(digest)) {
            report.problem("other-content", name, "its content is " + entry.digest());
        }
        return entry.text().orElse("");
    }

    private String text(String name) {
        return Optional.ofNullable(entries.get(name))
                .flatMap(ArchiveReading.Entry::text)
                .orElse("");
    }

    private static Optional<Digest> pointed(String json, String pointer) {
        return digest(tree(json).at(pointer));
    }

    private static Optional<Digest> digest(JsonNode node) {
        return Optional.of(node.asString(""))
                .filter(text -> text.matches("sha256:[0-9a-f]{64}"))
                .map(Digest::new);
    }

    private static JsonNode tree(String json) {
        try {
            return Json.tree(json.isEmpty() ? "{}" : json);
        } catch (PawlException _) {
            return Json.tree("{}"); // what is missing in it is told
        }
    }
}
