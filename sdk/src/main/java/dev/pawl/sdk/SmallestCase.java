package dev.pawl.sdk;

import java.util.ArrayList;
import java.util.List;

/**
 * Makes a hostile table that fails smaller, so that people see at once what it is that fails: one column if one is enough, and few
 * rows (delta debugging: Zeller and Hildebrandt, 2002).
 *
 * @param <E> what a trial may throw
 */
public final class SmallestCase<E extends Exception> {
    private final Trial<E> trial;
    private int left;

    private SmallestCase(Trial<E> trial, int most) {
        this.trial = trial;
        this.left = most;
    }

    /** Whether a table still fails. */
    @FunctionalInterface
    public interface Trial<E extends Exception> {
        boolean fails(HostileCase hostile) throws E;
    }

    /**
     * @param failing of which is known that it fails
     * @param most so many trials are made at the most
     */
    public static <E extends Exception> HostileCase of(HostileCase failing, int most, Trial<E> trial) throws E {
        SmallestCase<E> search = new SmallestCase<>(trial, most);
        return search.fewerRows(search.oneColumn(failing));
    }

    private HostileCase oneColumn(HostileCase failing) throws E {
        if (failing.columns().size() > 1) {
            for (String column : failing.columns()) {
                HostileCase smaller = failing.onlyColumn(column);
                if (fails(smaller)) {
                    return smaller;
                }
            }
        }
        return failing;
    }

    private HostileCase fewerRows(HostileCase failing) throws E {
        HostileCase smallest = failing;
        for (int parts = 2; smallest.rows().size() > 1 && left > 0; ) {
            HostileCase smaller = withoutAPart(smallest, parts);
            if (!smaller.equals(smallest)) {
                smallest = smaller;
                parts = Math.max(2, parts - 1);
            } else if (parts >= smallest.rows().size()) {
                return smallest;
            } else {
                parts = Math.min(smallest.rows().size(), 2 * parts);
            }
        }
        return smallest;
    }

    /** Unchanged if it fails with all its parts only. */
    private HostileCase withoutAPart(HostileCase failing, int parts) throws E {
        List<Integer> rows = failing.rows();
        for (int part = 0; part < parts; part++) {
            List<Integer> kept = new ArrayList<>(rows.subList(0, rows.size() * part / parts));
            kept.addAll(rows.subList(rows.size() * (part + 1) / parts, rows.size()));
            HostileCase smaller = failing.onlyRows(kept);
            if (!kept.isEmpty() && fails(smaller)) {
                return smaller;
            }
        }
        return failing;
    }

    private boolean fails(HostileCase hostile) throws E {
        return left-- > 0 && trial.fails(hostile);
    }
}
