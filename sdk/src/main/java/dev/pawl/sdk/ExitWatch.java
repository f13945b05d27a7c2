package dev.pawl.sdk;

import org.jspecify.annotations.Nullable;

/** Says in the log of a step that it ended the worker: an exit code alone tells nobody where to look. */
final class ExitWatch {
    private volatile @Nullable String running;

    private ExitWatch() {}

    static ExitWatch start() {
        ExitWatch watch = new ExitWatch();
        Runtime.getRuntime().addShutdownHook(new Thread(watch::exiting));
        return watch;
    }

    void began(String step) {
        running = step;
    }

    void ended() {
        running = null;
    }

    private void exiting() {
        String step = running;
        if (step == null) {
            return;
        }
        for (StackTraceElement[] trace : Thread.getAllStackTraces().values()) {
            StackTraceElement caller = callerOfExit(trace);
            if (caller != null) {
                System.err.println("Step " + step + ": it called System.exit in " + caller.getClassName() + "."
                        + caller.getMethodName() + " (line " + caller.getLineNumber()
                        + "): a step ends when its method returns or throws");
            }
        }
        System.out.flush();
        System.err.flush();
    }

    /** A signal from outside ends a process too, but calls no Runtime.exit. */
    private static @Nullable StackTraceElement callerOfExit(StackTraceElement[] trace) {
        boolean exits = false;
        for (StackTraceElement frame : trace) {
            if (exits && !frame.getClassName().equals("java.lang.System")) {
                return frame;
            }
            exits |= frame.getClassName().equals("java.lang.Runtime")
                    && frame.getMethodName().equals("exit");
        }
        return null;
    }
}
