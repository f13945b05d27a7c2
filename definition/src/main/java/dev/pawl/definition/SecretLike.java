package dev.pawl.definition;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds secrets among what everybody can read: values in pawl.yaml are kept, shown and compared. */
final class SecretLike {
    static final String IN_PAWL_YAML = "name one that the server keeps: secrets: { NAME: name-of-the-secret }";

    /** What a name ends with, as one word or as two. */
    private static final Set<String> ENDINGS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "token",
            "credential",
            "credentials",
            "apikey",
            "accesskey",
            "privatekey",
            "secretkey");

    private SecretLike() {}

    static void refuse(String name, YamlPlace place, String instead, Problems problems) {
        if (isOne(name)) {
            problems.addUnlessTold(place, "looks like a secret, and everybody can read what is given here; " + instead);
        }
    }

    private static boolean isOne(String name) {
        var words = List.of(name.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .split("[^a-z0-9]+"));
        String last = words.isEmpty() ? "" : words.getLast();
        String lastTwo = words.size() < 2 ? last : words.get(words.size() - 2) + last;
        return ENDINGS.contains(last) || ENDINGS.contains(lastTwo);
    }
}
