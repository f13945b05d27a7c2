package dev.pawl.source;

import dev.pawl.kernel.PawlException;
import java.util.regex.Pattern;

/**
 * What may not be done to branches by a push: they are not deleted and not forced.
 *
 * @param pattern a branch, or many: a star stands for any text
 * @param review whether they take no push at all, only merges of proposals
 */
public record Protection(String pattern, boolean review) {
    private static final int LONGEST = 200;

    public Protection {
        if (pattern.isBlank() || pattern.length() > LONGEST || !pattern.matches("[^\\s~^:?\\[\\\\]+")) {
            throw PawlException.user("bad-branch", "'%s' is not the name of a branch".formatted(pattern));
        }
    }

    boolean covers(String branch) {
        return Pattern.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E", branch);
    }
}
