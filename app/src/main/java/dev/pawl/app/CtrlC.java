package dev.pawl.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a command end in order when it is told to stop, by Ctrl-C or SIGTERM: an action is run at once, and the JVM is held until
 * the command has closed this, or its patience is over.
 */
final class CtrlC implements AutoCloseable {
    /** Why a run was cancelled by it. Which of the two it was, the JVM does not tell. */
    static final String STOPPED = "pawl was stopped, by Ctrl-C or a signal";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = Thread.ofPlatform().name("ctrl-c").unstarted(this::stop);
    private volatile Runnable action;
    private volatile boolean pressed;

    private CtrlC(Runnable action) {
        this.action = action;
    }

    /** Until another action is {@linkplain #then set}, the calling thread is interrupted. */
    static CtrlC watch() {
        CtrlC watching = new CtrlC(Thread.currentThread()::interrupt);
        Runtime.getRuntime().addShutdownHook(watching.hook);
        return watching;
    }

    /** From now on this is what to do. */
    void then(Runnable other) {
        action = other;
        if (pressed) {
            other.run();
        }
    }

    boolean isPressed() {
        return pressed;
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            // the JVM is ending already, and waits for this
        }
    }

    private void stop() {
        pressed = true;
        action.run();
        try {
            if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.getLogger("pawl").log(System.Logger.Level.WARNING, "not everything could be ended in order");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
