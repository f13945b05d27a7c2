package dev.pawl.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Fact.Outcome;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunMachine.End;
import dev.pawl.pipeline.RunMachine.Event;
import dev.pawl.pipeline.RunMachine.Run;
import dev.pawl.pipeline.RunMachine.State;
import dev.pawl.pipeline.RunMachine.Step;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RunMachineTest {
    private static final Instant BEFORE = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final StepName STEP = new StepName("step");
    private static final int ATTEMPTS = 3;

    /** In the order of the columns of {@link #TABLE}. */
    private static final List<Event> EVENTS = List.of(
            new Event.Submitted(),
            new Event.CancelRequested("enough"),
            new Event.Began(STEP, 2),
            new Event.Completed(STEP, 2),
            new Event.FoundInCache(STEP, 2),
            new Event.Broke(STEP, 2, "bad", true),
            new Event.Broke(STEP, 2, "bad", false));

    private static final List<State> STATES = List.of(
            new State.Waiting(),
            new State.Ready(1),
            new State.Ready(2),
            new State.Ready(3),
            new State.Running(1, BEFORE),
            new State.Running(2, BEFORE),
            new State.Running(3, BEFORE),
            new State.Succeeded(2),
            new State.Cached(2),
            new State.Failed(2, "old"),
            new State.Skipped(),
            new State.Cancelled());

    /** What a step in each state becomes at each event of attempt 2; "-" = the event is dropped, "=" = nothing changes. */
    private static final String TABLE = """
        state          | Submitted | Cancel    | Began     | Completed   | FoundInCache | Broke, may retry | Broke
        Waiting        | Ready 1   | Cancelled | -         | -           | -            | -                | -
        Ready 1        | =         | Cancelled | -         | -           | -            | -                | -
        Ready 2        | =         | Cancelled | Running 2 | -           | Cached 2     | Ready 3          | Failed 2
        Ready 3        | =         | Cancelled | -         | -           | -            | -                | -
        Running 1      | =         | Cancelled | -         | -           | -            | -                | -
        Running 2      | =         | Cancelled | Running 2 | Succeeded 2 | Cached 2     | Ready 3          | Failed 2
        Running 3      | =         | Cancelled | -         | -           | -            | -                | -
        Succeeded 2    | =         | =         | -         | -           | -            | -                | -
        Cached 2       | =         | =         | -         | -           | -            | -                | -
        Failed 2       | =         | =         | -         | -           | -            | -                | -
        Skipped        | =         | =         | -         | -           | -            | -                | -
        Cancelled      | =         | =         | -         | -           | -            | -                | -
        """;

    static Stream<Arguments> crossings() {
        List<String[]> rows = TABLE.lines()
                .skip(1)
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new))
                .toList();
        return Stream.iterate(0, s -> s < STATES.size(), s -> s + 1)
                .flatMap(s -> Stream.iterate(0, e -> e < EVENTS.size(), e -> e + 1)
                        .map(e -> Arguments.of(rows.get(s)[0], STATES.get(s), EVENTS.get(e), rows.get(s)[e + 1])));
    }

    @ParameterizedTest
    @MethodSource("crossings")
    void every_state_answers_every_event(String row, State state, Event event, String expected) {
        assertThat(told(state)).isEqualTo(row);
        Optional<Run> after = RunMachine.on(run(state), event, NOW);

        if (expected.equals("-")) {
            assertThat(after).isEmpty();
        } else {
            State next = state(after.orElseThrow(), STEP);
            assertThat(told(next)).isEqualTo(expected.equals("=") ? row : expected);
        }
    }

    @Test
    void nothing_happens_to_a_run_that_ended() {
        Run ended = new Run(run(new State.Ready(1)).steps(), Optional.of(new End(Outcome.FAILED, "bad", BEFORE)));

        assertThat(EVENTS)
                .allSatisfy(
                        event -> assertThat(RunMachine.on(ended, event, NOW)).isEmpty());
        assertThat(RunMachine.on(ended, new Event.Began(STEP, 1), NOW)).isEmpty();
    }

    @Test
    void an_attempt_that_begins_again_after_its_server_died_is_dated_anew() {
        Run after = RunMachine.on(run(new State.Running(2, BEFORE)), new Event.Began(STEP, 2), NOW)
                .orElseThrow();

        assertThat(state(after, STEP)).isEqualTo(new State.Running(2, NOW));
    }

    @Test
    void the_last_attempt_that_breaks_ends_the_run() {
        Run after = RunMachine.on(run(new State.Running(3, BEFORE)), new Event.Broke(STEP, 3, "bad", true), NOW)
                .orElseThrow();

        assertThat(state(after, STEP)).isEqualTo(new State.Failed(3, "bad"));
        assertThat(after.end()).contains(new End(Outcome.FAILED, "bad", NOW));
    }

    @Test
    void a_diamond_goes_its_way() {
        Run run = diamond();

        run = on(run, new Event.Submitted());
        assertThat(told(run)).containsExactly("Ready 1", "Waiting", "Waiting", "Waiting");
        run = on(run, new Event.FoundInCache(new StepName("a"), 1));
        assertThat(told(run)).containsExactly("Cached 1", "Ready 1", "Ready 1", "Waiting");
        run = finish(run, "c");
        assertThat(told(run)).containsExactly("Cached 1", "Ready 1", "Succeeded 1", "Waiting");
        run = finish(run, "b");
        assertThat(told(run)).containsExactly("Cached 1", "Succeeded 1", "Succeeded 1", "Ready 1");
        assertThat(run.end()).isEmpty();
        run = finish(run, "d");
        assertThat(run.end())
                .contains(new End(Outcome.SUCCEEDED, "all 4 steps succeeded, 1 of them from the cache", NOW));
    }

    @Test
    void a_failure_skips_what_has_not_begun_and_cancels_what_runs() {
        Run run = on(diamond(), new Event.Submitted());
        run = on(run, new Event.FoundInCache(new StepName("a"), 1));
        run = on(run, new Event.Began(new StepName("b"), 1));
        run = on(run, new Event.Broke(new StepName("c"), 1, "bad", false));

        assertThat(told(run)).containsExactly("Cached 1", "Cancelled", "Failed 1", "Skipped");
        assertThat(run.end()).contains(new End(Outcome.FAILED, "bad", NOW));
    }

    @Test
    void a_run_without_steps_has_succeeded() {
        Run run = on(new Run(Map.of(), Optional.empty()), new Event.Submitted());

        assertThat(run.end()).map(End::outcome).contains(Outcome.SUCCEEDED);
    }

    private static Run finish(Run run, String step) {
        return on(on(run, new Event.Began(new StepName(step), 1)), new Event.Completed(new StepName(step), 1));
    }

    private static Run on(Run run, Event event) {
        return RunMachine.on(run, event, NOW).orElseThrow();
    }

    /** The step and another one, so that its end is not the run's. */
    private static Run run(State state) {
        Map<StepName, Step> steps = new LinkedHashMap<>();
        steps.put(STEP, new Step(state, Set.of(), ATTEMPTS));
        steps.put(new StepName("other"), new Step(new State.Running(1, BEFORE), Set.of(), 1));
        return new Run(steps, Optional.empty());
    }

    private static Run diamond() {
        StepName a = new StepName("a");
        StepName b = new StepName("b");
        StepName c = new StepName("c");
        Map<StepName, Step> steps = new LinkedHashMap<>();
        steps.put(a, new Step(new State.Waiting(), Set.of(), 1));
        steps.put(b, new Step(new State.Waiting(), Set.of(a), 1));
        steps.put(c, new Step(new State.Waiting(), Set.of(a), 1));
        steps.put(new StepName("d"), new Step(new State.Waiting(), Set.of(b, c), 1));
        return new Run(steps, Optional.empty());
    }

    private static State state(Run run, StepName name) {
        return Optional.ofNullable(run.steps().get(name)).orElseThrow().state();
    }

    private static List<String> told(Run run) {
        return run.steps().values().stream().map(step -> told(step.state())).toList();
    }

    private static String told(State state) {
        return switch (state) {
            case State.Waiting() -> "Waiting";
            case State.Ready(int attempt) -> "Ready " + attempt;
            case State.Running(int attempt, Instant _) -> "Running " + attempt;
            case State.Succeeded(int attempt) -> "Succeeded " + attempt;
            case State.Cached(int attempt) -> "Cached " + attempt;
            case State.Failed(int attempt, String _) -> "Failed " + attempt;
            case State.Skipped() -> "Skipped";
            case State.Cancelled() -> "Cancelled";
        };
    }
}
