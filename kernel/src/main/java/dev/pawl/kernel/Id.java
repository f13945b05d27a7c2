package dev.pawl.kernel;

import java.util.regex.Pattern;

/** A typed name of one thing. Every implementation is a record that refuses text it cannot stand for. */
public interface Id {
    /** Lower-case names that are safe in paths, URLs, SQL and on a command line. */
    Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    /** What {@link Ids} makes: a prefix, the time and randomness. */
    Pattern GENERATED = Pattern.compile("[a-z]+-[0-9a-z]{1,40}");

    String value();

    /** Checks the text of an id and says what is wrong with it. */
    static void require(String what, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw PawlException.user(
                    "bad-name", "'%s' is not a %s: it must match %s".formatted(shorten(value), what, pattern));
        }
    }

    private static String shorten(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "...";
    }
}
