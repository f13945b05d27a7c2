package dev.pawl.sdk;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one attempt of a step ended. */
sealed interface StepEnd {

    /** Its output is written. */
    record Done() implements StepEnd {}

    /** Step and Pawl did not keep what was agreed; one line says it. */
    record Broken(String step, String message) implements StepEnd {}

    /** The method threw something. */
    record Threw(Throwable thrown) implements StepEnd {}

    /** There is no such step, or not in a form that can be called. */
    record Unusable(String message) implements StepEnd {}

    /** A contract broken within the user's code, such as a metric of NaN, needs no stack trace either. */
    static StepEnd threw(String step, Throwable thrown) {
        return thrown instanceof ContractException broken
                ? new Broken(step, String.valueOf(broken.getMessage()))
                : new Threw(thrown);
    }

    /** What people should read about it. */
    default void print(PrintStream err) {
        switch (this) {
            case Done() -> {}
            case Broken(String step, String message) -> err.println("Step " + step + ": " + message);
            case Unusable(String message) -> err.println(message);
            case Threw(Throwable thrown) -> printTrace(thrown, err);
        }
    }

    /** The reply to Pawl. */
    default Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("exit", exit());
        if (exit() == 1) {
            json.put("exceptions", exceptions());
        }
        return json;
    }

    private int exit() {
        return switch (this) {
            case Done() -> 0;
            case Broken _, Threw _ -> 1;
            case Unusable _ -> 2;
        };
    }

    /** What it threw: the class and those above it, below Throwable. */
    default List<String> exceptions() {
        return switch (this) {
            case Done _, Broken _, Unusable _ -> List.of();
            case Threw(Throwable thrown) -> classes(thrown);
        };
    }

    /** What to tell a test about it. */
    default Optional<Throwable> failure() {
        return switch (this) {
            case Done() -> Optional.empty();
            case Broken(String _, String message) -> Optional.of(new ContractException(message));
            case Unusable(String message) -> Optional.of(new ContractException(message));
            case Threw(Throwable thrown) -> Optional.of(thrown);
        };
    }

    private static List<String> classes(Throwable thrown) {
        List<String> names = new ArrayList<>();
        for (Class<?> type = thrown.getClass();
                type != null && !type.equals(Throwable.class);
                type = type.getSuperclass()) {
            names.add(type.getName());
        }
        return names;
    }

    /** An exception of the user's own making may fail even to say what it is. */
    private static void printTrace(Throwable thrown, PrintStream err) {
        try {
            thrown.printStackTrace(err);
        } catch (RuntimeException | Error e) {
            err.println(thrown.getClass().getName() + ", whose message or stack trace cannot be printed: "
                    + e.getClass().getName());
        }
    }
}
