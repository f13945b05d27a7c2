package dev.pawl.executor;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Waits for one step in a worker, within its limits, and says how it ended. */
final class WorkerCall {
    private static final String OUT_OF_MEMORY = "java.lang.OutOfMemoryError";

    /** After an error (no plain exception) a class may be left half initialised, for good. */
    private static final String ERROR = "java.lang.Error";

    /** How often the CPU time is looked at, where it is limited. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** 128 + SIGXCPU, as a process that the system ends for it. */
    private static final int CPU_TIME_OVER = 152;

    private static final int KILLED = 137;
    private static final int LONGEST_QUOTE = 1_000;

    private final Worker worker;
    private final Limits limits;
    private final StepLog log;
    private final long from;
    private final Duration cpuBefore;

    WorkerCall(Worker worker, Limits limits, StepLog log, long from) {
        this.worker = worker;
        this.limits = limits;
        this.log = log;
        this.from = from;
        this.cpuBefore = limits.cpuTime().isPresent() ? worker.cpuTime() : Duration.ZERO;
    }

    Ending await(CountDownLatch complete) throws InterruptedException {
        Duration left = limits.timeout();
        while (left.isPositive()) {
            Optional<WorkerReply> reply = worker.next(limits.cpuTime().isPresent() ? shorter(left, LOOK) : left);
            if (reply.isPresent()) {
                return ending(reply.get(), complete);
            }
            if (isCpuTimeOver()) {
                worker.kill();
                log.say("ended: its CPU time limit of " + limits.cpuTime().orElseThrow() + " was reached");
                return ending(CPU_TIME_OVER, false, List.of());
            }
            left = limits.timeout().minusNanos(worker.nanos() - from);
        }
        return killed(true);
    }

    private Ending ending(WorkerReply reply, CountDownLatch complete) throws InterruptedException {
        return switch (reply) {
            case WorkerReply.Done done -> done(done, complete);
            case WorkerReply.Gone _ -> died(worker.awaitExit());
            case WorkerReply.Nonsense(String text) -> broke(text);
            case WorkerReply.Ready ready -> broke(ready.toString());
        };
    }

    private Ending done(WorkerReply.Done done, CountDownLatch complete) throws InterruptedException {
        boolean isComplete = worker.awaitOutput(complete);
        if (done.exceptions().contains(OUT_OF_MEMORY)) {
            log.say("its JVM had no memory left: the heap may have "
                    + MemoryText.of(worker.key().heapBytes()) + "; give the step more with 'memory'");
        }
        if (isComplete && !done.exceptions().contains(ERROR)) {
            worker.goOn();
        }
        return ending(done.exit(), false, done.exceptions(), observed(done));
    }

    private Observed observed(WorkerReply.Done done) {
        return worker.key().observed() && done.observed().equals(Observed.NOT_ASKED)
                ? Observed.nothing("anything: the pawl-sdk of the package does not tell what steps read")
                : done.observed();
    }

    /** Whatever its code, a JVM that ends in the middle of a step has not completed it. */
    private Ending died(int exit) {
        log.say(
                switch (exit) {
                    case 0 -> "the step ended its JVM, which does not complete it (System.exit?)";
                    case KILLED -> "the step's JVM was killed, perhaps by the system for want of memory";
                    default -> "the step's JVM ended with exit code " + exit + " before the step did";
                });
        return ending(exit == 0 ? 1 : exit, false, List.of());
    }

    private Ending broke(String text) throws InterruptedException {
        String beginning =
                text.substring(0, Math.min(text.length(), LONGEST_QUOTE)).strip();
        log.say("ended: its JVM wrote to the pipe that is Pawl's: " + beginning);
        return killed(false);
    }

    private Ending killed(boolean timedOut) throws InterruptedException {
        worker.kill();
        return ending(worker.awaitExit(), timedOut, List.of());
    }

    private Ending ending(int exit, boolean timedOut, List<String> exceptions) {
        return ending(exit, timedOut, exceptions, Observed.NOT_ASKED);
    }

    private Ending ending(int exit, boolean timedOut, List<String> exceptions, Observed observed) {
        return new Ending(exit, timedOut, exceptions, Duration.ofNanos(worker.nanos() - from), log.tail(), observed);
    }

    private boolean isCpuTimeOver() {
        return limits.cpuTime()
                .filter(limit -> worker.cpuTime().minus(cpuBefore).compareTo(limit) > 0)
                .isPresent();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
