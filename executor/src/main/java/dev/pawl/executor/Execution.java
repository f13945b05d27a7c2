package dev.pawl.executor;

import java.nio.file.Path;
import java.util.Map;

/**
 * One attempt at a step, ready to run.
 *
 * @param id unlike all others, for people who look at processes and containers
 * @param folder the attempt's own, laid out by the caller: {@code step.json}, {@code inputs/}, {@code outputs/} and {@code work/}, where
 *     commands run; the program adds {@code metrics.jsonl}, the executor {@code log.txt}
 * @param environment the variables that were declared, and {@code PAWL_PACKAGE}
 * @param secrets values by name: variables of a command, named values of a Java call; never in the log
 */
public record Execution(
        String id,
        Program program,
        Path folder,
        Map<String, String> environment,
        Map<String, String> secrets,
        Limits limits) {

    Path step() {
        return folder.resolve("step.json");
    }

    Path work() {
        return folder.resolve("work");
    }

    Path log() {
        return folder.resolve("log.txt");
    }

    StepLog openLog() {
        return StepLog.to(log(), secrets.values());
    }

    /** Not to be printed by accident. */
    @Override
    public String toString() {
        return "execution " + id + " in " + folder;
    }
}
