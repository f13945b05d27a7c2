package dev.pawl.executor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts {@code ***} in the place of secrets, also of those that come in two pieces. Of a secret of several lines each line is one
 * too, as programs print them one by one. For use by one thread at a time.
 */
final class Mask implements Sink {
    /** Shorter ones would be found in ordinary text. */
    static final int SHORTEST = 4;

    private static final byte[] STARS = "***".getBytes(StandardCharsets.UTF_8);

    private final Sink out;
    private final List<byte[]> secrets;
    private final boolean[] begins = new boolean[256];

    /** What may turn out to be the beginning of a secret. */
    private byte[] held = new byte[0];

    Mask(Collection<String> values, Sink out) {
        this.out = out;
        this.secrets = values.stream()
                .flatMap(value -> Stream.concat(Stream.of(value), value.lines().map(String::strip)))
                .filter(text -> text.length() >= SHORTEST)
                .distinct()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .sorted(Comparator.comparingInt((byte[] secret) -> secret.length)
                        .reversed())
                .toList();
        secrets.forEach(secret -> begins[secret[0] & 0xff] = true);
    }

    @Override
    public void write(byte[] bytes, int length) {
        if (secrets.isEmpty()) {
            out.write(bytes, length);
            return;
        }
        byte[] all = Arrays.copyOf(held, held.length + length);
        System.arraycopy(bytes, 0, all, held.length, length);
        ByteArrayOutputStream clean = new ByteArrayOutputStream(all.length);
        held = Arrays.copyOfRange(all, copyMasked(all, clean), all.length);
        out.write(clean.toByteArray(), clean.size());
    }

    /** Nothing more comes: what was held back is the beginning of a secret that was cut off. */
    void finish() {
        byte[] rest = held.length < SHORTEST ? held : STARS;
        held = new byte[0];
        out.write(rest, rest.length);
    }

    /** Returns where what must be held back begins. */
    private int copyMasked(byte[] all, ByteArrayOutputStream clean) {
        int at = 0;
        while (at < all.length) {
            int length = begins[all[at] & 0xff] ? lengthOfSecret(all, at) : 0;
            if (at + length > all.length) {
                return at;
            }
            if (length > 0) {
                clean.writeBytes(STARS);
            } else {
                clean.write(all[at]);
            }
            at += Math.max(1, length);
        }
        return at;
    }

    /** Of the longest secret that is here, as far as can be seen; 0 if there is none. */
    private int lengthOfSecret(byte[] all, int at) {
        for (byte[] secret : secrets) {
            int seen = Math.min(secret.length, all.length - at);
            if (Arrays.equals(secret, 0, seen, all, at, at + seen)) {
                return secret.length;
            }
        }
        return 0;
    }
}
