package dev.pawl.pipeline;

import dev.pawl.definition.Definition;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunQueue.RunSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * An attempt that is due: all that whoever makes it needs to know, as a value.
 *
 * @param failures how many attempts at the step have failed so far
 * @param done the outputs of the steps that it reads from
 * @param each of an item: what it takes of each list
 * @param collected when it puts items together: their outputs in order
 * @param end for a step that always runs at the end: how the run ends
 * @param order of the run among all, earlier ones first
 */
record Task(
        AttemptKey key,
        StepMachine.Phase phase,
        RunSpec run,
        Definition definition,
        Definition.Step step,
        int failures,
        SortedMap<StepName, SortedMap<String, Digest>> done,
        SortedMap<String, Digest> each,
        List<SortedMap<String, Digest>> collected,
        Optional<RunMachine.End> end,
        int place,
        int order) {

    /** Runs of higher priority come first, then those that came first, then what is further along: it frees what it holds. */
    static final Comparator<Task> URGENCY = Comparator.comparingInt(
                    (Task task) -> -task.run().priority())
            .thenComparingInt(Task::order)
            .thenComparingInt(task -> -task.place())
            .thenComparingInt(task -> task.key().step().item());

    int cpus() {
        return phase == StepMachine.Phase.RUN ? step.rules().resources().cpus() : 1;
    }
}
