package dev.pawl.packaging;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A software bill of materials: CycloneDX 1.6 as JSON. The same content of the same commit has the same bill, to the byte.
 */
record Sbom(Origin origin, Contents contents) {
    static final String FILE = "sbom.json";
    static final String MEDIA_TYPE = "application/vnd.cyclonedx+json";
    private static final String PACKAGE = "package";

    String json() {
        Map<String, Object> json = new TreeMap<>();
        json.put("bomFormat", "CycloneDX");
        json.put("specVersion", "1.6");
        json.put("serialNumber", "urn:uuid:" + uuid(contents.digest()));
        json.put("version", 1);
        json.put("metadata", metadata());
        json.put(
                "components",
                contents.components().stream().map(Component::json).toList());
        json.put(
                "dependencies",
                List.of(Map.of(
                        "ref",
                        PACKAGE,
                        "dependsOn",
                        contents.components().stream().map(Component::ref).toList())));
        return Json.write(json);
    }

    private Map<String, Object> metadata() {
        return Map.of(
                "timestamp",
                origin.committedAt().toString(),
                "tools",
                Map.of("components", List.of(Map.of("type", "application", "name", "pawl"))),
                "component",
                Map.of(
                        "bom-ref",
                        PACKAGE,
                        "type",
                        "application",
                        "name",
                        origin.project().value(),
                        "version",
                        origin.commit().value(),
                        "hashes",
                        Component.hashes(contents.digest())));
    }

    /** One that is made of a digest: version 8, which is for such (RFC 9562). */
    private static UUID uuid(Digest digest) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(digest.hex()));
        long high = (bytes.getLong() & 0xFFFFFFFFFFFF0FFFL) | 0x8000L;
        long low = (bytes.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(high, low);
    }
}
