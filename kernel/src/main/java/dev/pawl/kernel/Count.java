package dev.pawl.kernel;

import java.util.Locale;

/** Numbers of things as people read them. */
public final class Count {
    private Count() {}

    /** Such as {@code 1 step} or {@code 1,200 steps}. */
    public static String of(long number, String thing) {
        return of(number, thing, thing + "s");
    }

    /** @param things where an s does not make it */
    public static String of(long number, String thing, String things) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? thing : things);
    }
}
