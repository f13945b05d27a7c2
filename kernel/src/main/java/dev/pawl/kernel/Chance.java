package dev.pawl.kernel;

import java.util.SplittableRandom;

/** Chance as a parameter: equal seeds give equal draws, on every machine and in every version. Belongs to one thread. */
public final class Chance {
    private final SplittableRandom random;

    private Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** @param which one of the many independent sequences of the seed */
    public static Chance of(long seed, long which) {
        return new Chance(mixed(seed) ^ Long.reverse(mixed(which)));
    }

    /** At least 0 and less than 1. */
    public double uniform() {
        return random.nextDouble();
    }

    /** At least 0 and less than the bound, each as likely as the next. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Standard normal, by Box and Muller (1958). */
    public double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
        return radius * StrictMath.cos(2 * Math.PI * uniform());
    }

    private static long mixed(long seed) {
        return new SplittableRandom(seed).nextLong();
    }
}
