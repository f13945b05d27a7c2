package dev.pawl.app;

import dev.pawl.kernel.PawlException;

/** How many of a list's things are wanted. */
final class Last {
    private Last() {}

    /** @throws PawlException unless it is from 1 to the most that the list gives */
    static void require(int last, int most) {
        if (last < 1 || last > most) {
            throw PawlException.user("bad-limit", "--last wants a number from 1 to " + most + ", not " + last);
        }
    }
}
