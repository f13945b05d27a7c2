package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that happened to a run, or to a step of one (not to the single items of a step that is fanned out).
 *
 * @param step empty if it happened to the run
 */
public record RunEvent(RunId run, Optional<StepName> step, Kind kind, Instant at) {

    /** What happened. */
    public enum Kind {
        STARTED,
        /** Once more, after an attempt that failed or was lost with its server. */
        STARTED_AGAIN,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public boolean isEnd() {
            return switch (this) {
                case STARTED, STARTED_AGAIN -> false;
                case SUCCEEDED, FAILED, CANCELLED -> true;
            };
        }
    }

    /** Who is told in the transaction in which it happens, so that nothing is told that is not so, nor left out. */
    public interface Listener {
        void happened(Tx tx, List<RunEvent> events);

        static Listener none() {
            return (_, _) -> {};
        }
    }

    /** What a batch of changes means, in order: of a run, first that it began, then what its steps did, at last that it ended. */
    static List<RunEvent> of(List<Changes.OfRun> changed, Instant now) {
        List<RunEvent> events = new ArrayList<>();
        for (Changes.OfRun of : changed) {
            Optional<RunEvent> run = Optional.of(of).filter(it -> it.moved).flatMap(it -> run(it.run, now));
            run.filter(event -> !event.kind().isEnd()).ifPresent(events::add);
            of.steps.values().stream().filter(row -> !row.key().isItem()).forEach(row -> step(row, of, now, events));
            run.filter(event -> event.kind().isEnd()).ifPresent(events::add);
        }
        return events;
    }

    private static Optional<RunEvent> run(LiveRun run, Instant now) {
        Optional<Kind> kind = switch (run.state()) {
            case RunMachine.State.Queued _, RunMachine.State.Finishing _ -> Optional.empty();
            case RunMachine.State.Running _ -> Optional.of(Kind.STARTED);
            case RunMachine.State.Over(RunMachine.End end) ->
                Optional.of(
                        switch (end.outcome()) {
                            case SUCCEEDED -> Kind.SUCCEEDED;
                            case FAILED -> Kind.FAILED;
                            case CANCELLED -> Kind.CANCELLED;
                        });
        };
        return kind.map(it -> new RunEvent(run.spec().id(), Optional.empty(), it, now));
    }

    /** What came from the cache never began; and of a beginning and an end in one batch only the end is in the step's row. */
    private static void step(StepRow row, Changes.OfRun of, Instant now, List<RunEvent> events) {
        Optional<StepName> name = Optional.of(row.key().step());
        boolean toldBefore = (isFannedOut(row, of) || row.startedAt().isPresent()) && !of.begun.contains(row.key());
        kind(row, toldBefore).ifPresent(kind -> {
            if (kind.isEnd() && !toldBefore) {
                events.add(new RunEvent(
                        row.key().run(), name, Kind.STARTED, row.startedAt().orElse(now)));
            }
            events.add(new RunEvent(row.key().run(), name, kind, now));
        });
    }

    /** Such a step begins with its items and has no beginning of its own. */
    private static boolean isFannedOut(StepRow row, Changes.OfRun of) {
        return of.run
                .graph()
                .find(row.key())
                .filter(node -> !node.items.isEmpty())
                .isPresent();
    }

    private static Optional<Kind> kind(StepRow row, boolean toldBefore) {
        return switch (row.state()) {
            case WAITING, READY, PAUSING, SKIPPED -> Optional.empty();
            case RUNNING -> Optional.of(row.tries().attempt() > 1 ? Kind.STARTED_AGAIN : Kind.STARTED);
            case SUCCEEDED, CACHED -> Optional.of(Kind.SUCCEEDED);
            case FAILED -> Optional.of(Kind.FAILED);
            case CANCELLED ->
                toldBefore || row.startedAt().isPresent() ? Optional.of(Kind.CANCELLED) : Optional.empty();
        };
    }
}
