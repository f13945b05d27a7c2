package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A part of a package, as a bill of materials lists it.
 *
 * @param ref unique in the bill
 * @param type a word of CycloneDX: library, file, data
 * @param purl how package managers call it
 * @param digest of its file; none for what only a lock file names
 * @param parts what is packed into it
 */
record Component(
        String ref,
        String type,
        Optional<String> group,
        String name,
        Optional<String> version,
        Optional<String> purl,
        Optional<Digest> digest,
        List<Component> parts) {

    static Component file(PackageFile file) {
        return new Component(
                file.path(),
                "file",
                Optional.empty(),
                file.path(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(file.digest()),
                List.of());
    }

    static Component library(PackageFile file, Coordinates found, List<Component> parts) {
        return new Component(
                file.path(),
                "library",
                found.group(),
                found.name(),
                found.version(),
                found.purl(),
                Optional.of(file.digest()),
                parts);
    }

    /** What has no file of its own here. */
    static Component named(String ref, Coordinates found) {
        return new Component(
                ref,
                "library",
                found.group(),
                found.name(),
                found.version(),
                found.purl(),
                Optional.empty(),
                List.of());
    }

    static Component data(String source, PackageFile file) {
        return new Component(
                file.path(),
                "data",
                Optional.empty(),
                source,
                Optional.empty(),
                Optional.empty(),
                Optional.of(file.digest()),
                List.of());
    }

    Map<String, Object> json() {
        Map<String, Object> json = new TreeMap<>();
        json.put("bom-ref", ref);
        json.put("type", type);
        json.put("name", name);
        group.ifPresent(it -> json.put("group", it));
        version.ifPresent(it -> json.put("version", it));
        purl.ifPresent(it -> json.put("purl", it));
        digest.ifPresent(it -> json.put("hashes", hashes(it)));
        if (type.equals("data")) {
            json.put("data", List.of(Map.of("type", "dataset", "name", name)));
        }
        if (!parts.isEmpty()) {
            json.put("components", parts.stream().map(Component::json).toList());
        }
        return json;
    }

    static List<Map<String, String>> hashes(Digest digest) {
        return List.of(Map.of("alg", "SHA-256", "content", digest.hex()));
    }
}
