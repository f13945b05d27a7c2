package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What steps gave in earlier runs, for a run that is not about them. Safe for use by many threads. */
public record EarlierSteps(Store store, Definitions definitions) {
    private static final int MOST_LOOKED_AT = 50;

    /**
     * The newest experiments that succeeded, and in which these steps, and all that they read from, were declared as they are now and gave
     * what is still there; without those steps for which there is none.
     *
     * @param asOf the moment whose data the runs saw, if it has to be a certain one
     * @param sample how many rows of the data the runs saw, if not all
     */
    public SortedMap<StepName, RunId> newest(
            Definition definition, Collection<StepName> steps, Optional<Instant> asOf, Optional<Integer> sample) {
        SortedMap<StepName, RunId> newest = new TreeMap<>(Comparator.comparing(StepName::value));
        steps.stream()
                .map(definition::step)
                .forEach(step -> newest(definition, step, asOf, sample).ifPresent(run -> newest.put(step.name(), run)));
        return newest;
    }

    private Optional<RunId> newest(Definition definition, Step step, Optional<Instant> asOf, Optional<Integer> sample) {
        return store
                .database()
                .read(tx ->
                        EarlierStepStore.newest(tx, definition.project(), step.name(), asOf, sample, MOST_LOOKED_AT))
                .stream()
                .filter(earlier -> isSame(earlier, definition, step.name()))
                .map(EarlierStepStore.Earlier::run)
                .findFirst();
    }

    /** The step, all that it reads from, and the data are declared as they are now. */
    private boolean isSame(EarlierStepStore.Earlier earlier, Definition definition, StepName step) {
        try {
            Definition before = definitions.get(earlier.definition());
            return earlier.outputs().values().stream().allMatch(store.artifacts()::has)
                    && before.only(step).steps().equals(definition.only(step).steps())
                    && before.data().equals(definition.data());
        } catch (PawlException _) {
            return false; // its definition is not kept any more
        }
    }

    /** Lets a run that was handed in just now, in this transaction, have steps as they were in earlier runs. */
    public void takeOver(Tx tx, RunId run, Definition definition, Map<StepName, RunId> from) {
        from.forEach((name, earlier) ->
                EarlierStepStore.takeOver(tx, run, name, definition.steps().indexOf(definition.step(name)), earlier));
    }
}
