package dev.pawl.app;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.Run;
import dev.pawl.pipeline.RunAttempt;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The logs of a run's steps, or of one of them: as they are, or as they grow. */
final class RunLogs {
    private static final Duration POLL = Duration.ofMillis(200);

    private final Notebook notebook;
    private final RunId run;
    private final Optional<StepName> step;
    private final Consumer<LogLine> out;
    private final AttemptLog kept;
    private final Map<LogLine.Origin, FollowedLog> logs = new HashMap<>();

    RunLogs(Notebook notebook, RunId run, Optional<StepName> step, Consumer<LogLine> out) {
        this.notebook = notebook;
        this.run = run;
        this.step = step;
        this.out = out;
        this.kept = new AttemptLog(notebook.store().artifacts());
    }

    /** What there is now. */
    void print() {
        attempts().forEach(this::print);
    }

    /**
     * What there is and what comes, until the run is over.
     *
     * @return false if nothing comes any more although it is not over: the Pawl that ran it is gone
     */
    boolean follow(Clock clock) throws InterruptedException {
        while (true) {
            Run now = notebook.runs().run(run); // before its logs: what ended before is whole in them
            boolean attended = notebook.runs().isAttended(run);
            print();
            if (now.state().isOver()) {
                return true;
            } else if (!attended && now.startedAt().isPresent()) {
                print();
                return notebook.runs().run(run).state().isOver(); // it may have ended just now
            }
            clock.sleep(POLL);
        }
    }

    private List<RunAttempt> attempts() {
        return step.map(name -> notebook.runs().attempts(run, name))
                .orElseGet(() -> notebook.runs().attempts(run));
    }

    private void print(RunAttempt attempt) {
        FollowedLog log = logs.computeIfAbsent(LogLine.Origin.of(attempt), _ -> new FollowedLog());
        if (!log.isWhole()) {
            log.more(from -> kept.read(attempt, from)).forEach(line -> out.accept(LogLine.of(attempt, line)));
        }
    }
}
