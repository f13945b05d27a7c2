package dev.pawl.packaging;

import dev.pawl.kernel.PawlException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys as text, as every tool reads them (RFC 7468). */
record Pem(String text) {
    private static final String PUBLIC = "PUBLIC KEY";
    private static final String PRIVATE = "PRIVATE KEY";

    private static String block(String label, byte[] der) {
        Base64.Encoder encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, encoder.encodeToString(der));
    }

    static Pem ofPublic(byte[] der) {
        return new Pem(block(PUBLIC, der));
    }

    Pem withPrivate(byte[] der) {
        return new Pem(block(PRIVATE, der) + text);
    }

    byte[] publicKey() {
        return der(PUBLIC);
    }

    byte[] privateKey() {
        return der(PRIVATE);
    }

    private byte[] der(String label) {
        Matcher block = Pattern.compile("-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
                .matcher(text);
        if (!block.find()) {
            throw PawlException.user("bad-key", "There is no block '-----BEGIN " + label + "-----' in it");
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }
}
