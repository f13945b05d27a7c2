package dev.pawl.kernel;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of some content, written {@code sha256:} and 64 hexadecimal digits: its name wherever it goes. */
public record Digest(@JsonValue String value) implements Id {
    private static final String PREFIX = "sha256:";
    private static final Pattern PATTERN = Pattern.compile(PREFIX + "[0-9a-f]{64}");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        Id.require("digest", value, PATTERN);
    }

    public static Digest of(byte[] content) {
        return finish(sha256(), content);
    }

    public static Digest of(String content) {
        return of(content.getBytes(StandardCharsets.UTF_8));
    }

    /** A new SHA-256 to feed piece by piece; {@link #of(MessageDigest)} ends it. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    public static Digest of(MessageDigest fed) {
        return new Digest(PREFIX + HexFormat.of().formatHex(fed.digest()));
    }

    /** The 64 hexadecimal digits alone. */
    public String hex() {
        return value.substring(PREFIX.length());
    }

    /** The first twelve digits: enough for people. */
    public String brief() {
        return hex().substring(0, 12);
    }

    private static Digest finish(MessageDigest sha, byte[] content) {
        sha.update(content);
        return of(sha);
    }

    @Override
    public String toString() {
        return value;
    }
}
