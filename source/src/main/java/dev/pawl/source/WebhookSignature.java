package dev.pawl.source;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether a webhook comes from somebody who knows the secret, in any of the forms that git hosts use. All comparisons take the same
 * time whatever is wrong. Given the body piece by piece, so that none is held in memory.
 */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String SHA256 = "sha256=";
    /** GitHub; Bitbucket has the other name, under which GitHub sends SHA-1, which is not taken. */
    private static final List<String> PREFIXED = List.of("X-Hub-Signature-256", "X-Hub-Signature");

    private static final List<String> BARE = List.of("X-Gitea-Signature", "X-Forgejo-Signature");
    private static final String TOKEN = "X-Gitlab-Token";
    /** GitLab's signing token, in the form of Standard Webhooks. */
    private static final String STANDARD = "webhook-signature";

    private static final String STANDARD_KEY = "whsec_";
    private static final int MOST_SIGNATURES = 8;

    private final List<Claim> claims = new ArrayList<>();
    private final boolean tokenIsRight;

    private static final class Claim {
        private final Mac mac;
        private final byte[] signature;

        Claim(Mac mac, byte[] signature) {
            this.mac = mac;
            this.signature = signature;
        }

        boolean holds() {
            return MessageDigest.isEqual(mac.doFinal(), signature);
        }
    }

    /** @param header gives a header by its name */
    WebhookSignature(Function<String, Optional<String>> header, String secret) {
        byte[] key = secret.getBytes(StandardCharsets.UTF_8);
        tokenIsRight = header.apply(TOKEN)
                .map(token -> MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), key))
                .orElse(false);
        Stream.concat(
                        PREFIXED.stream()
                                .flatMap(name -> header.apply(name).stream())
                                .filter(value -> value.startsWith(SHA256))
                                .map(value -> value.substring(SHA256.length())),
                        BARE.stream().flatMap(name -> header.apply(name).stream()))
                .flatMap(text -> hex(text).stream())
                .forEach(signature -> claims.add(new Claim(mac(key), signature)));
        header.apply(STANDARD).ifPresent(value -> addStandard(header, value, secret));
    }

    void update(byte[] bytes, int count) {
        claims.forEach(claim -> claim.mac.update(bytes, 0, count));
    }

    /** To be asked once, after all of the body. */
    boolean isRight() {
        boolean right = tokenIsRight;
        for (Claim claim : claims) {
            right |= claim.holds();
        }
        return right;
    }

    private void addStandard(Function<String, Optional<String>> header, String value, String secret) {
        byte[] key = secret.startsWith(STANDARD_KEY)
                ? base64(secret.substring(STANDARD_KEY.length())).orElse(new byte[0])
                : secret.getBytes(StandardCharsets.UTF_8);
        if (key.length == 0) {
            return;
        }
        String before = header.apply("webhook-id").orElse("") + "."
                + header.apply("webhook-timestamp").orElse("") + ".";
        Stream.of(value.split(" ", -1))
                .filter(it -> it.startsWith("v1,"))
                .limit(MOST_SIGNATURES)
                .flatMap(it -> base64(it.substring("v1,".length())).stream())
                .forEach(signature -> {
                    Mac mac = mac(key);
                    mac.update(before.getBytes(StandardCharsets.UTF_8));
                    claims.add(new Claim(mac, signature));
                });
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has " + ALGORITHM, e);
        }
    }

    private static Optional<byte[]> hex(String text) {
        try {
            return Optional.of(HexFormat.of().parseHex(text.strip()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
