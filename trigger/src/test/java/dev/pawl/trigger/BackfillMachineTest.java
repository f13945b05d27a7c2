package dev.pawl.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.MachineTable;
import dev.pawl.trigger.BackfillMachine.End;
import dev.pawl.trigger.BackfillMachine.Event;
import dev.pawl.trigger.BackfillMachine.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every state meets every event. What comes of it is the end of docs/backfill.md, written with {@code -Dgolden=write}. */
class BackfillMachineTest {
    private static final Path DOCUMENT = Path.of("../docs/backfill.md");
    private static final String MARK = "## Backfill\n";

    /** Waiting, under way, succeeded, failed, cancelled. */
    private static final List<Tally> TALLIES =
            List.of(Tally.of(3), new Tally(1, 2, 0, 1, 0), new Tally(0, 1, 2, 0, 0), new Tally(0, 1, 1, 1, 0));

    private static final List<State> STATES = Stream.of(
                    TALLIES.stream().map(State.Running::new),
                    TALLIES.stream().limit(2).map(State.Paused::new),
                    Stream.of(
                            new State.Cancelling(new Tally(0, 2, 0, 0, 1)),
                            new State.Cancelling(new Tally(0, 1, 0, 0, 2))),
                    Stream.of(
                            new State.Over(End.SUCCEEDED, new Tally(0, 0, 3, 0, 0)),
                            new State.Over(End.FAILED, new Tally(0, 0, 2, 1, 0)),
                            new State.Over(End.CANCELLED, new Tally(0, 0, 2, 0, 1))))
            .<State>flatMap(states -> states)
            .toList();

    private static final List<Event> EVENTS = Stream.<Stream<Event>>of(
                    Stream.of(new Event.HandedIn(1)),
                    Arrays.stream(Outcome.values()).map(Event.RunEnded::new),
                    Stream.of(
                            new Event.PauseAsked(),
                            new Event.ResumeAsked(),
                            new Event.CancelAsked(),
                            new Event.RerunAsked()))
            .flatMap(events -> events)
            .toList();

    private static final MachineTable<State, Event> TABLE = new MachineTable<>(
            "Backfill", STATES, EVENTS, BackfillMachine::on, BackfillMachineTest::told, BackfillMachineTest::told);

    @Test
    void the_document_says_what_the_machine_does() throws IOException {
        String document = Files.readString(DOCUMENT);
        String expected = document.substring(0, document.indexOf(MARK)) + TABLE.markdown();
        if (System.getProperty("golden", "check").equals("write")) {
            Files.writeString(DOCUMENT, expected);
        }
        assertThat(Files.readString(DOCUMENT))
                .as("the end of docs/backfill.md; -Dgolden=write writes it anew, to be read before it is committed")
                .isEqualTo(expected);
    }

    @Test
    void runs_are_neither_lost_nor_made_up() {
        for (State state : STATES) {
            for (Event event : EVENTS) {
                BackfillMachine.on(state, event)
                        .ifPresent(next -> assertThat(next.tally().all())
                                .as("%s %s", state, event)
                                .isEqualTo(state.tally().all()));
            }
        }
    }

    @Test
    void no_more_runs_are_due_than_may_be_under_way_and_none_unless_it_is_running() {
        for (State state : STATES) {
            int due = BackfillMachine.due(state, 2);
            assertThat(due).isLessThanOrEqualTo(state.tally().waiting());
            assertThat(state.tally().underWay() + due).isLessThanOrEqualTo(2);
            assertThat(due == 0 || state instanceof State.Running).isTrue();
        }
        assertThat(BackfillMachine.due(new State.Running(Tally.of(3)), 2)).isEqualTo(2);
    }

    private static String told(State state) {
        Tally tally = state.tally();
        String name = switch (state) {
            case State.Running _, State.Paused _, State.Cancelling _ ->
                state.getClass().getSimpleName();
            case State.Over over ->
                over.end().name().charAt(0) + over.end().name().substring(1).toLowerCase(Locale.ROOT);
        };
        return "%s (%d %d %d %d %d)"
                .formatted(
                        name, tally.waiting(), tally.underWay(), tally.succeeded(), tally.failed(), tally.cancelled());
    }

    private static String told(Event event) {
        return switch (event) {
            case Event.RunEnded(Outcome outcome) -> "RunEnded " + outcome.name().toLowerCase(Locale.ROOT);
            case Event.HandedIn(int runs) -> "HandedIn " + runs;
            case Event.PauseAsked _, Event.ResumeAsked _, Event.CancelAsked _, Event.RerunAsked _ ->
                event.getClass().getSimpleName();
        };
    }
}
