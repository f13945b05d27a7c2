package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.Places;
import dev.pawl.pipeline.Run;
import dev.pawl.store.FolderLock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code pawl cancel}. */
@Command(
        name = "cancel",
        description =
                "Cancels a run with the programs of its steps, whichever process has it, and waits until it is over.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  pawl cancel run-0mhx3k2abq7f2k9xz",
            "  pawl cancel run-0mhx3k2abq7f2k9xz --server http://127.0.0.1:7295"
        })
final class CancelCommand implements Callable<Integer> {
    private static final String BY_HAND = "cancelled by hand";
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(100);

    @Mixin
    private Where where = new Where();

    @Mixin
    private Printed printed = new Printed();

    @Parameters(paramLabel = "RUN", description = Where.RUN)
    private String run = "";

    @Override
    public Integer call() throws InterruptedException {
        RunId cancelled = where.isServer() ? onServer() : here();
        if (printed.asJson()) {
            printed.json(Map.of("cancelled", true, "run", cancelled));
        } else {
            printed.row("cancelled", cancelled);
        }
        return 0;
    }

    private RunId onServer() {
        try (Client client = where.client()) {
            JsonNode answer =
                    client.delete("api/runs/%s?reason=%s".formatted(Client.encode(run), Client.encode(BY_HAND)));
            if (!answer.path("cancelled").booleanValue()) {
                throw over("it had ended, or was to be cancelled already");
            }
            return new RunId(answer.path("run").stringValue());
        }
    }

    private RunId here() throws InterruptedException {
        try (Notebook notebook = Notebook.open(where.project())) {
            Run found = notebook.run(run);
            RunId id = found.spec().id();
            if (!notebook.runs().cancel(id, BY_HAND) && found.state().isOver()) {
                throw over("it is " + found.state() + " already");
            }
            awaitEnd(notebook, id);
            return id;
        }
    }

    /** Who has the folder sees it soon; if nobody has, an earlier process left the run open, and it is ended here. */
    private void awaitEnd(Notebook notebook, RunId id) throws InterruptedException {
        Clock clock = Clock.system();
        Instant end = clock.now().plus(LONGEST_WAIT);
        while (!notebook.runs().run(id).state().isOver()) {
            if (clock.now().isAfter(end)) {
                throw PawlException.external(
                        "still-running",
                        "Run %s was asked to end, but did not within %d s".formatted(id, LONGEST_WAIT.toSeconds()),
                        new IOException("timeout"));
            }
            Optional<Laboratory> free = laboratory(notebook);
            if (free.isPresent()) {
                try (Laboratory laboratory = free.get()) {
                    laboratory.await(id);
                }
            }
            clock.sleep(POLL);
        }
    }

    /** Empty while another process has the folder. */
    private static Optional<Laboratory> laboratory(Notebook notebook) {
        try {
            return Optional.of(Laboratory.open(notebook.folder(), Places.inDefaultPool(1)));
        } catch (PawlException e) {
            if (e.code().equals(FolderLock.IN_USE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private PawlException over(String why) {
        return PawlException.conflict("run-over", "Run " + run + " cannot be cancelled: " + why);
    }
}
