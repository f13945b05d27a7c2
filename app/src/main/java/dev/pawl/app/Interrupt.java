package dev.pawl.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ctrl-C, or any other polite wish that this process should end. Until it is closed, the process waits for what it does. */
final class Interrupt implements AutoCloseable {
    private static final long LONGEST_SECONDS = 30;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("interrupt").unstarted(this::wish);
    private volatile boolean came = false;

    private Interrupt() {}

    static Interrupt listen() {
        var interrupt = new Interrupt();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    boolean came() {
        return came;
    }

    private void wish() {
        came = true;
        try {
            if (!done.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                System.getLogger("pawl").log(System.Logger.Level.WARNING, "what was under way did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            System.getLogger("pawl").log(System.Logger.Level.DEBUG, "the process is ending", e);
        }
    }
}
