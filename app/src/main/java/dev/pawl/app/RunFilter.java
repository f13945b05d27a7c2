package dev.pawl.app;

import dev.pawl.kernel.Expression;
import dev.pawl.kernel.PawlException;
import java.util.List;
import java.util.Optional;

/**
 * Which runs to list, and in which order.
 *
 * @param where a condition over {@link RunNames}; a run that has no value for a name that decides does not fulfil it
 * @param order the newest first if it is not given
 */
record RunFilter(Optional<Expression> where, Optional<String> order) {
    static RunFilter of(Optional<String> where, Optional<String> order) {
        return new RunFilter(where.map(Expression::parse), order);
    }

    /** Whether all runs must be looked at, not just the newest. */
    boolean asksAll() {
        return where.isPresent() || order.isPresent();
    }

    List<RunRow> apply(List<RunRow> newestFirst) {
        RunNames names = new RunNames(newestFirst);
        where.ifPresent(condition -> condition.names().forEach(names::require));
        var chosen = newestFirst.stream().filter(run -> where.stream().allMatch(condition -> fulfils(run, condition)));
        return order.map(names::order).map(chosen::sorted).orElse(chosen).toList();
    }

    private static boolean fulfils(RunRow run, Expression condition) {
        try {
            return condition.isTrue(name -> RunNames.value(run, name));
        } catch (PawlException e) {
            if (e.code().equals("unknown-name")) {
                return false;
            }
            throw e;
        }
    }
}
