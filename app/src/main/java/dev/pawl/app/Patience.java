package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How long a command that follows something on a server goes on asking while none answers: the server may be restarting.
 *
 * @param server that is asked
 * @param shows the command that shows later what is followed now
 * @param remark takes what people should know meanwhile
 */
record Patience(URI server, String shows, Clock clock, Consumer<String> remark) {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Asks until there is an answer, be it a refusal. */
    <T> T ask(Supplier<T> question) {
        try {
            return question.get();
        } catch (PawlException e) {
            requireUnanswered(e);
        }
        remark.accept("no Pawl server answers at %s; it is asked again for up to %d s"
                .formatted(server, LONGEST.toSeconds()));
        return askAgain(question);
    }

    private <T> T askAgain(Supplier<T> question) {
        Instant end = clock.now().plus(LONGEST);
        while (clock.now().isBefore(end)) {
            pause();
            try {
                return question.get();
            } catch (PawlException e) {
                requireUnanswered(e);
            }
        }
        throw PawlException.external(
                Client.NO_SERVER,
                "No Pawl server has answered at %s for %d s. The work goes on there without this command, as soon as the"
                                .formatted(server, LONGEST.toSeconds())
                        + " server runs; '%s --server %s' shows it".formatted(shows, server),
                new IOException("no answer"));
    }

    private static void requireUnanswered(PawlException error) {
        if (!error.code().equals(Client.NO_SERVER)) {
            throw error;
        }
    }

    private void pause() {
        try {
            clock.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PawlException.external("interrupted", "Interrupted while waiting for the server", e);
        }
    }
}
