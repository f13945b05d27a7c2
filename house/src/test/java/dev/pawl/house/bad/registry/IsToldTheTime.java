package dev.pawl.house.bad.registry;

import java.time.Clock;
import java.time.Instant;
import java.util.Random;

/// Right: the clock and the seed come from outside.
public record IsToldTheTime(Clock clock, long seed) {
    Instant now() {
        return Instant.now(clock);
    }

    int dice() {
        return new Random(seed).nextInt(6);
    }
}
