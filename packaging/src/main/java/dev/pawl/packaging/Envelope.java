package dev.pawl.packaging;

import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A signed statement: a DSSE envelope (Dead Simple Signing Envelope 1.0) with one signature.
 *
 * @param payload the statement, as it was signed
 * @param keyId of the key that is said to have signed
 * @param signature as base64
 */
record Envelope(String payload, String keyId, String signature) {
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";

    static Envelope sign(SigningKey key, String payload) {
        String signature = Base64.getEncoder().encodeToString(key.sign(toSign(payload)));
        return new Envelope(payload, key.id().hex(), signature);
    }

    /** What is signed: the type is part of it, so that nothing signed for another purpose passes. */
    static byte[] toSign(String payload) {
        int length = payload.getBytes(StandardCharsets.UTF_8).length;
        return "DSSEv1 %d %s %d %s"
                .formatted(PAYLOAD_TYPE.length(), PAYLOAD_TYPE, length, payload)
                .getBytes(StandardCharsets.UTF_8);
    }

    String json() {
        byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
        return Json.write(Map.of(
                "payloadType",
                PAYLOAD_TYPE,
                "payload",
                Base64.getEncoder().encodeToString(bytes),
                "signatures",
                List.of(Map.of("keyid", keyId, "sig", signature))));
    }

    /** @throws PawlException if it is none, or not with exactly one signature */
    static Envelope read(String json) {
        JsonNode root = Json.tree(json);
        JsonNode signatures = root.path("signatures");
        if (!root.path("payloadType").asString("").equals(PAYLOAD_TYPE) || signatures.size() != 1) {
            throw bad("it must be of type " + PAYLOAD_TYPE + " and have one signature");
        }
        JsonNode signature = signatures.get(0);
        return new Envelope(
                new String(bytes(root.path("payload").asString("")), StandardCharsets.UTF_8),
                signature.path("keyid").asString(""),
                signature.path("sig").asString(""));
    }

    boolean isSignedBy(TrustedKey key) {
        return keyId.equals(key.id().hex()) && key.verifies(toSign(payload), bytes(signature));
    }

    private static byte[] bytes(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            throw bad("what it holds is not base64");
        }
    }

    private static PawlException bad(String why) {
        return PawlException.user("bad-envelope", "This is not a signed statement: " + why);
    }
}
