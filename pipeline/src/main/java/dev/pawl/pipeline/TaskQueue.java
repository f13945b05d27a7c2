package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/** Attempts that wait for places in one pool, the most urgent first. For use by one thread at a time. */
final class TaskQueue {
    private final PriorityQueue<Task> tasks = new PriorityQueue<>(Task.URGENCY);
    private final Map<RunId, Integer> perRun = new HashMap<>();

    void add(Task task) {
        tasks.add(task);
        perRun.merge(task.key().run(), 1, Integer::sum);
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** The first one, which stays. */
    Task peek() {
        return tasks.element();
    }

    Task remove() {
        Task first = tasks.remove();
        perRun.computeIfPresent(first.key().run(), (_, count) -> count == 1 ? null : count - 1);
        return first;
    }

    /** How many runs the attempts belong to. */
    int runs() {
        return perRun.size();
    }
}
