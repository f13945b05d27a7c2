package dev.pawl.ci;

import dev.pawl.kernel.PawlException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Work for a CI run, on a thread of its own, which is interrupted as soon as nobody wants its result any more. */
final class WhileWanted {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

    private WhileWanted() {}

    interface Work<T> {
        T make() throws InterruptedException;
    }

    /**
     * Returns when the work has ended, one way or the other; interrupting the caller ends it, too.
     *
     * @return nothing if it was given up
     */
    static <T> Optional<T> make(Work<T> work, BooleanSupplier wanted) throws InterruptedException {
        ExecutorService thread = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("ci-work-", 0).factory());
        try {
            Future<T> made = thread.submit(work::make);
            while (isWanted(wanted)) {
                Optional<T> result = result(made);
                if (result.isPresent()) {
                    return result;
                }
            }
            return Optional.empty();
        } finally {
            thread.shutdownNow();
            thread.close();
        }
    }

    /** Where nobody can be asked just now, it is. */
    private static boolean isWanted(BooleanSupplier wanted) {
        try {
            return wanted.getAsBoolean();
        } catch (RuntimeException e) {
            System.getLogger(WhileWanted.class.getName())
                    .log(Level.WARNING, "cannot look whether a CI run is still wanted", e);
            return true;
        }
    }

    private static <T> Optional<T> result(Future<T> made) throws InterruptedException {
        try {
            return Optional.of(made.get(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw thrown(e);
        }
    }

    /** What went wrong on another thread, as if it had gone wrong on this one. */
    static RuntimeException thrown(ExecutionException e) throws InterruptedException {
        return switch (e.getCause()) {
            case PawlException known -> known;
            case InterruptedException _ -> throw new InterruptedException();
            case null, default -> new IllegalStateException(e);
        };
    }
}
