package dev.pawl.kernel;

import java.security.SecureRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Makes ids that sort by time and do not collide. Safe for use by many threads if its randomness is. */
public final class Ids {
    private static final int TIME_DIGITS = 9;
    private static final int RANDOM_DIGITS = 8;
    private static final int BASE = 36;

    private final Clock clock;
    private final RandomGenerator random;

    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    public static Ids system() {
        return new Ids(Clock.system(), new SecureRandom());
    }

    /** For example {@code next("run", RunId::new)} gives {@code run-0mhx3k2abq7f2k9xz}. */
    public <T extends Id> T next(String prefix, Function<String, T> type) {
        return type.apply(prefix + "-" + next());
    }

    /** An id without a type, for what never leaves the module that made it. */
    public String next() {
        return pad(clock.now().toEpochMilli(), TIME_DIGITS) + pad(randomNumber(), RANDOM_DIGITS);
    }

    private long randomNumber() {
        return random.nextLong(0, (long) Math.pow(BASE, RANDOM_DIGITS));
    }

    private static String pad(long number, int digits) {
        String text = Long.toString(number, BASE);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
