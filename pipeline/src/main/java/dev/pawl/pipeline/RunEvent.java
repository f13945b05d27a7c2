package dev.pawl.pipeline;

import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that happened to a run, or to a step of one (not to the single items of a step that is fanned out).
 *
 * @param step empty if it happened to the run
 */
public record RunEvent(RunId run, Optional<StepName> step, Kind kind, Instant at) {

    /** What happened. */
    public enum Kind {
        STARTED,
        /** Once more, after an attempt that failed. */
        STARTED_AGAIN,
        SUCCEEDED,
        FAILED,
        CANCELLED;

        public boolean isEnd() {
            return rank() == 2;
        }

        /** Of what happened at the same time, the lower one came first. */
        int rank() {
            return switch (this) {
                case STARTED -> 0;
                case STARTED_AGAIN -> 1;
                case SUCCEEDED, FAILED, CANCELLED -> 2;
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

    /** What a batch of changes means, run by run and step by step. */
    static List<RunEvent> of(List<Changes.OfRun> changed, Instant now) {
        List<RunEvent> events = new ArrayList<>();
        for (Changes.OfRun of : changed) {
            RunId run = of.run.spec().id();
            if (of.moved) {
                run(run, of.run.state(), now).ifPresent(events::add);
            }
            Set<StepKey> begun = begunAt(now, of);
            of.steps.values().stream().filter(row -> !row.key().isItem()).forEach(row -> step(row, begun, now, events));
        }
        return events;
    }

    private static Optional<RunEvent> run(RunId run, RunMachine.State state, Instant now) {
        Optional<Kind> kind = switch (state) {
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
        return kind.map(it -> new RunEvent(run, Optional.empty(), it, now));
    }

    /** What came from the cache never began; and of a beginning and an end in one batch only the end is in the step's row. */
    private static void step(StepRow row, Set<StepKey> begun, Instant now, List<RunEvent> events) {
        Optional<StepName> name = Optional.of(row.key().step());
        kind(row).ifPresent(kind -> {
            if (kind.isEnd() && (row.startedAt().isEmpty() || begun.contains(row.key()))) {
                events.add(new RunEvent(
                        row.key().run(), name, Kind.STARTED, row.startedAt().orElse(now)));
            }
            events.add(new RunEvent(row.key().run(), name, kind, now));
        });
    }

    private static Set<StepKey> begunAt(Instant now, Changes.OfRun of) {
        return of.attempts.values().stream()
                .filter(attempt -> attempt.startedAt().equals(now))
                .map(attempt -> attempt.key().step())
                .collect(Collectors.toSet());
    }

    private static Optional<Kind> kind(StepRow row) {
        return switch (row.state()) {
            case WAITING, READY, PAUSING, SKIPPED -> Optional.empty();
            case RUNNING -> Optional.of(row.tries().attempt() > 1 ? Kind.STARTED_AGAIN : Kind.STARTED);
            case SUCCEEDED, CACHED -> Optional.of(Kind.SUCCEEDED);
            case FAILED -> Optional.of(Kind.FAILED);
            case CANCELLED -> row.startedAt().isPresent() ? Optional.of(Kind.CANCELLED) : Optional.empty();
        };
    }
}
