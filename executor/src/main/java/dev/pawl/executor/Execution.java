package dev.pawl.executor;

import dev.pawl.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One attempt at a step, ready to run.
 *
 * @param id unlike all others, for people who look at processes and containers
 * @param folder the attempt's own, with {@code inputs/} and {@code outputs/} where there are any; the program adds {@code metrics.jsonl}, the
 *     executor {@code log.txt} once something is printed. Commands find the rest of the contract there too: {@code step.json} and
 *     {@code work/}, where they run. Each file costs time that a call in a warm JVM would feel
 * @param call what the program is told: the content of {@code step.json}
 * @param environment the variables that were declared, and {@code PAWL_PACKAGE}
 * @param secrets values by name: variables of a command, named values of a Java call; never in the log
 * @param observed whether to look what it reads beside what it was given, which {@link Ending#observed} tells
 */
public record Execution(
        String id,
        Program program,
        Path folder,
        Map<String, Object> call,
        Map<String, String> environment,
        Map<String, String> secrets,
        Limits limits,
        boolean observed) {

    /** One that is not observed. */
    public Execution(
            String id,
            Program program,
            Path folder,
            Map<String, Object> call,
            Map<String, String> environment,
            Map<String, String> secrets,
            Limits limits) {
        this(id, program, folder, call, environment, secrets, limits, false);
    }

    /** The same, observed. */
    public Execution watched() {
        return new Execution(id, program, folder, call, environment, secrets, limits, true);
    }

    Path step() {
        return folder.resolve("step.json");
    }

    Path work() {
        return folder.resolve("work");
    }

    Path log() {
        return folder.resolve("log.txt");
    }

    /** Makes all that the contract promises to a command. */
    void layOut() {
        List.of("inputs", "outputs", "work").forEach(part -> Folders.make(folder.resolve(part)));
        try {
            Files.writeString(step(), Json.pretty(call));
        } catch (IOException e) {
            throw Folders.trouble("write " + step(), e);
        }
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
