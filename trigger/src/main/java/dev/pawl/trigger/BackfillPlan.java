package dev.pawl.trigger;

import dev.pawl.kernel.PawlException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The moments in event time that a backfill runs for: the first, and from there on every so often, up to the last and with it.
 *
 * @param parallel how many runs may be under way at a time
 */
public record BackfillPlan(Instant from, Instant to, Duration every, int parallel) {
    static final int MOST_RUNS = 10_000;
    static final int MOST_PARALLEL = 100;

    public BackfillPlan {
        require(!to.isBefore(from), "'to' (" + to + ") is before 'from' (" + from + ")");
        require(every.toMillis() > 0, "'every' must be longer than nothing, such as 7d");
        require(
                parallel >= 1 && parallel <= MOST_PARALLEL,
                "'parallel' is 1 to " + MOST_PARALLEL + ", not " + parallel);
        long runs = count(from, to, every);
        require(
                runs <= MOST_RUNS,
                "From %s to %s every %s are %d runs; a backfill has at most %d: choose a shorter range or a longer interval"
                        .formatted(from, to, every, runs, MOST_RUNS));
    }

    List<Instant> moments() {
        return LongStream.range(0, count(from, to, every))
                .mapToObj(i -> from.plus(every.multipliedBy(i)))
                .toList();
    }

    private static long count(Instant from, Instant to, Duration every) {
        return (to.toEpochMilli() - from.toEpochMilli()) / every.toMillis() + 1;
    }

    private static void require(boolean right, String otherwise) {
        if (!right) {
            throw PawlException.user("bad-backfill", otherwise);
        }
    }
}
