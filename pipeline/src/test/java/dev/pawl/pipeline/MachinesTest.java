package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.MachineTable;
import dev.pawl.pipeline.AttemptMachine.Ending;
import dev.pawl.pipeline.StepMachine.Phase;
import dev.pawl.pipeline.StepMachine.Tries;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every state of every machine meets every event. What comes of it is docs/reference/state-machines.md, which this test writes
 * with {@code -Dgolden=write} and otherwise compares.
 */
class MachinesTest {
    private static final Path DOCUMENT = Path.of("../docs/reference/state-machines.md");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Tries TRIES = new Tries(2, 1, 0);
    private static final Optional<Duration> AGAIN = Optional.of(Duration.ofSeconds(1));

    private static final MachineTable<RunMachine.State, RunMachine.Event> RUNS = new MachineTable<>(
            "Run",
            List.of(
                    new RunMachine.State.Queued(),
                    new RunMachine.State.Running(),
                    new RunMachine.State.Finishing(new RunMachine.End(Outcome.SUCCEEDED, "old")),
                    new RunMachine.State.Finishing(new RunMachine.End(Outcome.FAILED, "old")),
                    new RunMachine.State.Finishing(new RunMachine.End(Outcome.CANCELLED, "old")),
                    new RunMachine.State.Over(new RunMachine.End(Outcome.SUCCEEDED, "old"))),
            List.of(
                    new RunMachine.Event.Claimed(),
                    new RunMachine.Event.StepFailed("new"),
                    new RunMachine.Event.StepsOver("new"),
                    new RunMachine.Event.FinalStepsOver(),
                    new RunMachine.Event.CancelRequested("new")),
            RunMachine::on,
            MachinesTest::told,
            event -> event.getClass().getSimpleName());

    private static final MachineTable<StepMachine.State, StepMachine.Event> STEPS = new MachineTable<>(
            "Step",
            List.of(
                    new StepMachine.State.Waiting(),
                    new StepMachine.State.Trying(Phase.RUN, TRIES),
                    new StepMachine.State.Trying(Phase.RUN, new Tries(7, 1, StepMachine.MOST_LOSSES)),
                    new StepMachine.State.Trying(Phase.EXPAND, TRIES),
                    new StepMachine.State.Trying(Phase.COLLECT, TRIES),
                    new StepMachine.State.Pausing(Phase.RUN, TRIES, NOW),
                    new StepMachine.State.FannedOut(TRIES),
                    new StepMachine.State.Succeeded(TRIES),
                    new StepMachine.State.Cached(TRIES),
                    new StepMachine.State.Skipped("old"),
                    new StepMachine.State.Failed(TRIES, "old"),
                    new StepMachine.State.Cancelled()),
            Stream.of(
                            Stream.of(
                                    new StepMachine.Event.Released(Phase.RUN),
                                    new StepMachine.Event.NotNeeded("new"),
                                    new StepMachine.Event.Expanded(3),
                                    new StepMachine.Event.Expanded(0),
                                    new StepMachine.Event.ItemsDone(),
                                    new StepMachine.Event.ItemFailed("new"),
                                    new StepMachine.Event.PauseOver(),
                                    new StepMachine.Event.RunFailed(),
                                    new StepMachine.Event.RunCancelled(),
                                    new StepMachine.Event.AttemptEnded(Ending.FAILED, "new", AGAIN)),
                            Arrays.stream(Ending.values())
                                    .map(how -> new StepMachine.Event.AttemptEnded(how, "new", Optional.empty())))
                    .flatMap(events -> events)
                    .map(StepMachine.Event.class::cast)
                    .toList(),
            (state, event) -> StepMachine.on(state, event, NOW),
            MachinesTest::told,
            MachinesTest::told);

    private static final MachineTable<AttemptMachine.State, AttemptMachine.Event> ATTEMPTS = new MachineTable<>(
            "Attempt",
            List.of(
                    new AttemptMachine.State.Queued(),
                    new AttemptMachine.State.Running(NOW),
                    new AttemptMachine.State.Ended(Ending.SUCCEEDED)),
            Stream.concat(
                            Stream.of(new AttemptMachine.Event.Began()),
                            Arrays.stream(Ending.values()).map(AttemptMachine.Event.CameToAnEnd::new))
                    .map(AttemptMachine.Event.class::cast)
                    .toList(),
            (state, event) -> AttemptMachine.on(state, event, NOW),
            MachinesTest::told,
            MachinesTest::told);

    @Test
    void the_document_says_what_the_machines_do() throws IOException {
        String document = document();
        if (System.getProperty("golden", "check").equals("write")) {
            Files.writeString(DOCUMENT, document);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("docs/reference/state-machines.md; -Dgolden=write writes it anew, to be read before it is"
                        + " committed")
                .isEqualTo(document);
    }

    @Test
    void no_state_and_no_event_is_left_out() {
        assertThat(kinds(RUNS.states())).isEqualTo(permitted(RunMachine.State.class));
        assertThat(kinds(RUNS.events())).isEqualTo(permitted(RunMachine.Event.class));
        assertThat(kinds(STEPS.states())).isEqualTo(permitted(StepMachine.State.class));
        assertThat(kinds(STEPS.events())).isEqualTo(permitted(StepMachine.Event.class));
        assertThat(kinds(ATTEMPTS.states())).isEqualTo(permitted(AttemptMachine.State.class));
        assertThat(kinds(ATTEMPTS.events())).isEqualTo(permitted(AttemptMachine.Event.class));
    }

    @Test
    void nothing_happens_to_what_is_over() {
        assertThat(STEPS.states().stream().filter(StepMachine.State::isOver))
                .hasSize(5)
                .allSatisfy(state -> assertThat(STEPS.events())
                        .allSatisfy(event ->
                                assertThat(StepMachine.on(state, event, NOW)).isEmpty()));
        assertThat(RUNS.events())
                .allSatisfy(event -> assertThat(RunMachine.on(RUNS.states().getLast(), event))
                        .isEmpty());
    }

    @Test
    void a_failure_that_is_retried_pauses_as_long_as_it_was_told() {
        var next = StepMachine.on(
                new StepMachine.State.Trying(Phase.RUN, Tries.FIRST),
                new StepMachine.Event.AttemptEnded(Ending.FAILED, "bad", AGAIN),
                NOW);

        assertThat(next).contains(new StepMachine.State.Pausing(Phase.RUN, new Tries(2, 1, 0), NOW.plusSeconds(1)));
    }

    private static String document() {
        return """
            # State machines

            What becomes of a run, a step and an attempt when something happens to it. Each machine is one pure function in one file
            (`RunMachine`, `StepMachine`, `AttemptMachine` of module `pipeline`); this page is written by the test that lets every
            state meet every event, so it says what the code does. A dot means that the event comes too late, or never could, and is
            dropped. A step's attempts are counted as *attempt, failures, losses*: a loss is what the platform broke.

            """ + String.join("\n", RUNS.markdown(), STEPS.markdown(), ATTEMPTS.markdown());
    }

    private static String told(RunMachine.State state) {
        return switch (state) {
            case RunMachine.State.Queued _ -> "Queued";
            case RunMachine.State.Running _ -> "Running";
            case RunMachine.State.Finishing(RunMachine.End end) -> "Finishing " + end.outcome();
            case RunMachine.State.Over(RunMachine.End end) -> "Over " + end.outcome();
        };
    }

    private static String told(StepMachine.State state) {
        return switch (state) {
            case StepMachine.State.Waiting _ -> "Waiting";
            case StepMachine.State.Trying(Phase phase, Tries tries) -> "Trying " + phase + told(tries);
            case StepMachine.State.Pausing(Phase phase, Tries tries, Instant _) -> "Pausing " + phase + told(tries);
            case StepMachine.State.FannedOut(Tries tries) -> "FannedOut" + told(tries);
            case StepMachine.State.Succeeded _ -> "Succeeded";
            case StepMachine.State.Cached _ -> "Cached";
            case StepMachine.State.Skipped _ -> "Skipped";
            case StepMachine.State.Failed _ -> "Failed";
            case StepMachine.State.Cancelled _ -> "Cancelled";
        };
    }

    private static String told(Tries tries) {
        return " (%d, %d, %d)".formatted(tries.attempt(), tries.failures(), tries.losses());
    }

    private static String told(StepMachine.Event event) {
        return switch (event) {
            case StepMachine.Event.AttemptEnded(Ending how, String _, Optional<Duration> retry) ->
                "Ended " + how + (retry.isPresent() ? ", retried" : "");
            case StepMachine.Event.Expanded(int items) -> "Expanded to " + items;
            case StepMachine.Event.Released _,
                    StepMachine.Event.NotNeeded _,
                    StepMachine.Event.ItemsDone _,
                    StepMachine.Event.ItemFailed _,
                    StepMachine.Event.PauseOver _,
                    StepMachine.Event.RunFailed _,
                    StepMachine.Event.RunCancelled _ -> event.getClass().getSimpleName();
        };
    }

    private static String told(AttemptMachine.State state) {
        return switch (state) {
            case AttemptMachine.State.Queued _ -> "Queued";
            case AttemptMachine.State.Running _ -> "Running";
            case AttemptMachine.State.Ended(Ending how) -> "Ended " + how;
        };
    }

    private static String told(AttemptMachine.Event event) {
        return switch (event) {
            case AttemptMachine.Event.Began _ -> "Began";
            case AttemptMachine.Event.CameToAnEnd(Ending how) -> how.name();
        };
    }

    private static Set<Class<?>> kinds(List<?> values) {
        return values.stream().map(Object::getClass).collect(Collectors.toSet());
    }

    private static Set<Class<?>> permitted(Class<?> type) {
        return Set.of(type.getPermittedSubclasses());
    }
}
