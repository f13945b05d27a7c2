package dev.pawl.executor;

import dev.pawl.executor.Commands.Started;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process with its descendants, its process group, and all that have its mark, to be ended together.
 *
 * @param since what started earlier does not belong to it; in the unit of {@link ProcessTable}
 */
public record ProcessTree(ProcessHandle root, Mark mark, long since) {
    /** Linux tells a start relative to the boot, which adjusting the machine's clock moves a little. */
    private static final Duration SAME_START = Duration.ofSeconds(2);

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration SIGNAL_SENT = Duration.ofSeconds(2);

    /** What starts processes faster than they are ended is given up on then. */
    private static final int MOST_ROUNDS = 10;

    static ProcessTree of(ProcessHandle root, Mark mark) {
        long since =
                ProcessTable.read(root.pid()).map(ProcessTable.Entry::start).orElse(0L);
        return new ProcessTree(root, mark, since);
    }

    public static Optional<ProcessTree> find(Started process) {
        return ProcessHandle.of(process.pid())
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(start -> isSame(start, process.at()))
                        .isPresent())
                .map(handle -> of(handle, Mark.of(handle.pid())));
    }

    /** @param now taken as the start where the system does not tell it */
    Started started(Instant now) {
        return new Started(root.pid(), root.info().startInstant().orElse(now));
    }

    /** Asks all processes to end, gives them some time, and ends those that did not. */
    void end(Duration grace) {
        end(List.of(this), grace);
    }

    /** The same for many together: looking through all processes of the machine for each of them would take seconds. */
    static void end(List<ProcessTree> trees, Duration grace) {
        if (trees.isEmpty()) {
            return;
        }
        Set<ProcessHandle> all = all(trees);
        signalGroups(trees, "TERM");
        all.forEach(ProcessHandle::destroy);
        await(all, grace);
        Set<ProcessHandle> late = all(trees);
        endLeftBehind(trees);
        Stream.concat(all.stream(), late.stream()).forEach(ProcessHandle::destroyForcibly);
        await(all, grace);
    }

    /** Ends what the process started and did not wait for. Its children are orphans by now. */
    void endLeftBehind() {
        endLeftBehind(List.of(this));
    }

    private static void endLeftBehind(List<ProcessTree> trees) {
        if (!ProcessTable.isThere()) {
            signalGroups(trees, "KILL");
        }
        List<ProcessHandle> left = leftBehind(trees);
        for (int round = 0; !left.isEmpty() && round < MOST_ROUNDS; round++) {
            signalGroups(trees, "KILL");
            left.forEach(ProcessHandle::destroyForcibly);
            await(left, SIGNAL_SENT);
            left = leftBehind(trees);
        }
    }

    /**
     * What all of it takes now.
     *
     * @param memoryLimit in bytes: below it the answer may be more than it is, as what is shared counts for each process then
     */
    public ProcessUsage usage(long memoryLimit) {
        Set<ProcessHandle> all = all(List.of(this));
        return new ProcessUsage(all.size(), ProcessMemory.of(all, memoryLimit));
    }

    boolean hasLeftBehind() {
        return !leftBehind(List.of(this)).isEmpty();
    }

    /**
     * Whether the process has children now. Linux lists them for each thread, which is ten times faster than asking about all processes
     * of the machine.
     */
    boolean hasChildren() {
        String[] threads =
                Path.of("/proc", Long.toString(root.pid()), "task").toFile().list();
        return threads == null
                ? root.children().findAny().isPresent()
                : Stream.of(threads).anyMatch(this::hasChildren);
    }

    private boolean hasChildren(String thread) {
        try (var children = new FileInputStream("/proc/" + root.pid() + "/task/" + thread + "/children")) {
            return children.read() >= 0;
        } catch (IOException _) {
            return false; // the thread has ended
        }
    }

    private static Set<ProcessHandle> all(List<ProcessTree> trees) {
        Map<Long, List<ProcessHandle>> children = ProcessHandle.allProcesses()
                .collect(Collectors.groupingBy(
                        process -> process.parent().map(ProcessHandle::pid).orElse(0L)));
        Set<ProcessHandle> all = new LinkedHashSet<>();
        Deque<ProcessHandle> next = new ArrayDeque<>();
        // One that has ended has no children any more, and its number may be another's.
        trees.stream().map(ProcessTree::root).filter(ProcessHandle::isAlive).forEach(next::add);
        while (!next.isEmpty()) {
            ProcessHandle process = next.remove();
            if (all.add(process)) {
                next.addAll(children.getOrDefault(process.pid(), List.of()));
            }
        }
        all.addAll(leftBehind(trees));
        return all;
    }

    private static List<ProcessHandle> leftBehind(List<ProcessTree> trees) {
        Set<Long> roots = trees.stream().map(tree -> tree.root.pid()).collect(Collectors.toSet());
        Map<Mark, Long> since =
                trees.stream().collect(Collectors.toMap(ProcessTree::mark, ProcessTree::since, Math::min));
        since.remove(Mark.NONE);
        long first = since.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        return ProcessTable.living().stream()
                .filter(entry -> !roots.contains(entry.pid()))
                .filter(entry -> roots.contains(entry.group())
                        || (entry.start() >= first
                                && entry.start() >= since.getOrDefault(Mark.of(entry.pid()), Long.MAX_VALUE)))
                .flatMap(entry -> ProcessHandle.of(entry.pid()).stream())
                .toList();
    }

    /** No such group is fine: there is none without setsid, nor after its last process ended. */
    private static void signalGroups(List<ProcessTree> trees, String signal) {
        String groups = trees.stream().map(tree -> "-" + tree.root.pid()).collect(Collectors.joining(" "));
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + signal + " -- " + groups)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            await(List.of(kill.toHandle()), SIGNAL_SENT);
        } catch (IOException e) {
            System.getLogger(ProcessTree.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot signal the process groups " + groups, e);
        }
    }

    static void await(Collection<ProcessHandle> processes, Duration atMost) {
        CompletableFuture<?> exits = CompletableFuture.allOf(
                processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        for (long looks = atMost.dividedBy(LOOK);
                looks > 0 && processes.stream().anyMatch(ProcessTree::lives);
                looks--) {
            try {
                exits.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (TimeoutException | ExecutionException _) {
                // look again; those that are left in the end are ended next
            }
        }
    }

    /** An orphan that ended counts as alive until the system buries it, which may take seconds; it has no program then. */
    public static boolean lives(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static boolean isSame(Instant start, Instant other) {
        return Duration.between(start, other).abs().compareTo(SAME_START) <= 0;
    }
}
