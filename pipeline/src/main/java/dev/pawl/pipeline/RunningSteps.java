package dev.pawl.pipeline;

import dev.pawl.executor.Commands;
import dev.pawl.executor.Commands.Started;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The processes that this server runs now, so that a cancelled step's can be ended. Safe for use by many threads. */
final class RunningSteps {
    private final Map<StepRef, Started> processes = new ConcurrentHashMap<>();
    private final Commands commands;

    RunningSteps(Commands commands) {
        this.commands = commands;
    }

    void add(StepRef step, Started process) {
        processes.put(step, process);
    }

    void remove(StepRef step) {
        processes.remove(step);
    }

    /** Ends a step's process without waiting for its end; does nothing if another server has it. */
    void end(StepRef step) {
        Started process = processes.get(step);
        if (process != null) {
            Thread.ofVirtual().name("end-" + step.key()).start(() -> commands.kill(process));
        }
    }
}
