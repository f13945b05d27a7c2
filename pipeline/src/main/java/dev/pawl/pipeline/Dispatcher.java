package dev.pawl.pipeline;

import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes attempts that are due, each on a virtual thread of its own, as many at a time as there are places in their pools and
 * as their pipelines allow, the most urgent first. Safe for use by many threads.
 */
final class Dispatcher {
    private final Places places;
    private final Map<String, Integer> taken = new HashMap<>();
    private final Map<String, TaskQueue> due = new HashMap<>();
    private final Map<ProjectName, PriorityQueue<Task>> held = new HashMap<>();
    private final Map<ProjectName, Integer> perProject = new HashMap<>();
    private final Map<AttemptKey, Optional<Thread>> underWay = new HashMap<>();
    private final Set<AttemptKey> unwanted = new HashSet<>();
    private final Consumer<Task> attempt;
    private boolean open = true;

    /** @param attempt makes one, to its end, and tells whoever must know; must not throw */
    Dispatcher(Places places, Consumer<Task> attempt) {
        this.places = places;
        this.attempt = attempt;
    }

    synchronized void submit(Task task) {
        if (open) {
            underWay.put(task.key(), Optional.empty());
            due.computeIfAbsent(pool(task), _ -> new TaskQueue()).add(task);
            startDue(pool(task));
        }
    }

    /**
     * How many more runs the pools have room for, if each takes one place. However much of a run waits, it counts once: a more urgent
     * one must not wait outside for all of it. What a project may not begin yet does not count.
     *
     * @param ahead how many runs may wait for each place beside the one that has it
     */
    synchronized int spare(int ahead) {
        return places.byPool().entrySet().stream()
                .mapToInt(pool -> Math.max(0, pool.getValue() * (1 + ahead) - busy(pool.getKey())))
                .sum();
    }

    private int busy(String pool) {
        return taken.getOrDefault(pool, 0)
                + due.getOrDefault(pool, new TaskQueue()).runs();
    }

    /** Whether an attempt waits for its turn, is being made, or has ended and that is not known durably yet. */
    synchronized boolean isUnderWay(AttemptKey key) {
        return underWay.containsKey(key);
    }

    /** As {@link #isUnderWay}, of any step of a run. */
    synchronized boolean hasUnderWay(RunId run) {
        return underWay.keySet().stream().anyMatch(key -> key.run().equals(run));
    }

    /** Lets an attempt end, if it is being made; one that waits will not be made. */
    synchronized void interrupt(AttemptKey key) {
        Optional<Thread> thread = underWay.getOrDefault(key, Optional.empty());
        if (thread.isPresent()) {
            thread.get().interrupt();
        } else if (underWay.containsKey(key)) {
            unwanted.add(key);
        }
    }

    synchronized void interruptAll(RunId run) {
        underWay.keySet().stream().filter(key -> key.run().equals(run)).toList().forEach(this::interrupt);
    }

    /** Interrupts all attempts, begins no more, and waits for their ends. */
    void stop() {
        List<Thread> threads = new ArrayList<>();
        synchronized (this) {
            open = false;
            underWay.values().forEach(thread -> thread.ifPresent(threads::add));
        }
        threads.forEach(Thread::interrupt);
        threads.forEach(Dispatcher::join);
    }

    private void startDue(String pool) {
        if (!open) {
            return;
        }
        TaskQueue queue = due.getOrDefault(pool, new TaskQueue());
        while (!queue.isEmpty()) {
            Task next = queue.peek();
            if (unwanted.remove(next.key())) {
                underWay.remove(queue.remove().key());
            } else if (isFull(next)) {
                held.computeIfAbsent(project(next), _ -> new PriorityQueue<>(Task.URGENCY))
                        .add(queue.remove());
            } else if (places(next) + taken.getOrDefault(pool, 0) <= places.of(pool)) {
                start(queue.remove());
            } else {
                return;
            }
        }
    }

    private void start(Task task) {
        taken.merge(pool(task), places(task), Integer::sum);
        perProject.merge(project(task), 1, Integer::sum);
        Thread thread = Thread.ofVirtual().name("attempt-" + task.key()).unstarted(() -> make(task));
        underWay.put(task.key(), Optional.of(thread));
        thread.start();
    }

    private void make(Task task) {
        try {
            attempt.accept(task);
        } finally {
            ended(task);
        }
    }

    /** Its end is known durably. */
    synchronized void settled(AttemptKey key) {
        underWay.remove(key);
    }

    private synchronized void ended(Task task) {
        taken.merge(pool(task), -places(task), Integer::sum);
        perProject.merge(project(task), -1, Integer::sum);
        release(task).forEach(this::startDue);
        startDue(pool(task));
    }

    /** Lets as many as its project has room for now go on waiting in their pools, which are returned. */
    private Set<String> release(Task ended) {
        Set<String> pools = new HashSet<>();
        PriorityQueue<Task> waiting = held.getOrDefault(project(ended), new PriorityQueue<>(Task.URGENCY));
        int room = most(ended) - perProject.getOrDefault(project(ended), 0);
        for (int i = 0; i < room && !waiting.isEmpty(); i++) {
            Task next = waiting.remove();
            due.computeIfAbsent(pool(next), _ -> new TaskQueue()).add(next);
            pools.add(pool(next));
        }
        return pools;
    }

    private static int most(Task task) {
        int most = task.definition().rules().concurrency();
        return most > 0 ? most : Integer.MAX_VALUE;
    }

    private boolean isFull(Task task) {
        return perProject.getOrDefault(project(task), 0) >= most(task);
    }

    /** A step that wants more places than its pool has gets all of them. */
    private int places(Task task) {
        return Math.min(task.cpus(), places.of(pool(task)));
    }

    private static ProjectName project(Task task) {
        return task.run().project();
    }

    private static String pool(Task task) {
        return task.step().rules().pool();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
