package dev.pawl.executor;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A variable by which a process and all that it starts are found, also those that left its process group. Whoever clears its
 * environment, or becomes another user, is not found so.
 *
 * @param value unlike that of any other; empty if there is no such variable
 */
record Mark(String value) {
    static final String VARIABLE = "PAWL_PROCESS";
    static final Mark NONE = new Mark("");

    private static final String BEGINNING = VARIABLE + "=";
    private static final String NO_VARIABLES = "\0\0";
    private static final int MOST_BYTES = 256 * 1024;

    /** One that has none may be about to have them. */
    private static final int LOOKS = 50;

    private static final int MOST_LOOKS = 5_000;
    private static final long PAUSE_MILLIS = 2;

    /**
     * The mark of a living process; none where the system does not tell. While a process begins another program it has no variables at
     * all, for a moment, which lasts as long as the machine is busy with others: it is asked again.
     */
    static Mark of(long pid) {
        String environment = environment(pid);
        for (int look = 1; environment.equals(NO_VARIABLES) && look < (isBeginning(pid) ? MOST_LOOKS : LOOKS); look++) {
            pause(pid);
            environment = environment(pid);
        }
        int at = environment.indexOf("\0" + BEGINNING);
        if (at < 0) {
            return NONE;
        }
        int from = at + 1 + BEGINNING.length();
        return new Mark(environment.substring(from, environment.indexOf('\0', from)));
    }

    private static boolean isBeginning(long pid) {
        return ProcessTable.read(pid).filter(ProcessTable.Entry::isBeginning).isPresent();
    }

    private static void pause(long pid) {
        try {
            ProcessHandle.of(pid)
                    .map(ProcessHandle::onExit)
                    .orElse(CompletableFuture.completedFuture(null))
                    .get(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // it lives
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Between zero bytes; in the encoding that has a letter for each byte. */
    private static String environment(long pid) {
        try (var environ = new FileInputStream("/proc/" + pid + "/environ")) {
            // At once: of a process that begins another program between two reads, the first would give a beginning,
            // and the next nothing.
            byte[] variables = new byte[MOST_BYTES];
            int length = Math.max(environ.read(variables), 0);
            return "\0" + new String(variables, 0, length, StandardCharsets.ISO_8859_1) + "\0";
        } catch (IOException _) {
            return ""; // it has ended, or is another user's, or this is not Linux
        }
    }
}
