package dev.pawl.executor;

import java.util.List;

/**
 * What was seen of the reads of an observed program.
 *
 * @param reads what it read beside what it was given; {@value #MOST} at the most
 * @param unseen in words, what could not be seen here
 */
public record Observed(List<Read> reads, List<String> unseen) {
    static final int MOST = 100;

    /** Of a program that was not observed. */
    public static final Observed NOT_ASKED = new Observed(List.of(), List.of());

    static Observed nothing(String unseen) {
        return new Observed(List.of(), List.of(unseen));
    }
}
