package dev.pawl.packaging;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** What a library is called where libraries are got from, with its package URL. */
record Coordinates(Optional<String> group, String name, Optional<String> version, Optional<String> purl) {
    static Coordinates maven(String group, String artifact, String version) {
        String purl = "pkg:maven/%s/%s@%s".formatted(encode(group), encode(artifact), encode(version));
        return new Coordinates(Optional.of(group), artifact, Optional.of(version), Optional.of(purl));
    }

    /** Python's names are the same in any case, and with any of the three separators. */
    static Coordinates python(String name, String version) {
        String normal = name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
        String purl = "pkg:pypi/%s@%s".formatted(encode(normal), encode(version));
        return new Coordinates(Optional.empty(), normal, Optional.of(version), Optional.of(purl));
    }

    static Coordinates unknown(String fileName) {
        return new Coordinates(Optional.empty(), fileName, Optional.empty(), Optional.empty());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
