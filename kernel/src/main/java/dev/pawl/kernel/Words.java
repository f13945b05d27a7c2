package dev.pawl.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Values that can only be one of some words, such as a state, among those that conditions compare. */
final class Words {
    private Words() {}

    /**
     * The value itself, unless it or what it is compared with is such a word: then the word, in lower case.
     *
     * @throws PawlException {@code bad-comparison} if it is none of the words that the other one can be
     */
    static Object of(Object value, Object comparedWith) {
        if (value instanceof Enum<?> word) {
            return lower(word.name());
        } else if (comparedWith instanceof Enum<?> other) {
            List<String> words = Arrays.stream(other.getDeclaringClass().getEnumConstants())
                    .map(one -> lower(one.name()))
                    .toList();
            if (!words.contains(lower(value.toString()))) {
                throw PawlException.user(
                        "bad-comparison",
                        "'%s' is none of the words %s".formatted(value, "'" + String.join("', '", words) + "'"));
            }
            return lower(value.toString());
        }
        return value;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
