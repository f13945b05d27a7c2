package dev.pawl.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.kernel.Fact;
import dev.pawl.kernel.RunId;
import dev.pawl.trigger.TriggerState.Requested;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {
    private static final Instant DAY_0 = Instant.parse("1971-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({
        // reason, day asked for, cool-down in days, open run, last automatic run on day, expected
        "ON_DEMAND, 10, 0, false,   , start",
        "ON_DEMAND, 10, 0, true,    , run-open",
        "ON_DEMAND, 10, 0, false,  9, start",
        "DECAY,     10, 7, false,   , start",
        "DECAY,     10, 7, false,  9, run-auto",
        "DECAY,     10, 7, false,  4, run-auto",
        "DECAY,     10, 7, false,  3, start",
        "DECAY,     10, 7, true,   9, run-open",
        "DECAY,     10, 7, true,    , run-open",
        "SCHEDULE,  10, 0, false, 10, start",
        "SCHEDULE,  10, 0, false, 11, run-auto",
        "NEW_DATA,  10, 7, false,  9, run-auto",
        "NEW_DATA,  10, 0, false,  9, start",
    })
    void one_run_at_a_time_and_a_cool_down_for_what_asks_by_itself(
            Fact.Trigger trigger, int day, int cooldown, boolean open, @Nullable String automatic, String expected) {
        TriggerState state = new TriggerState(
                Optional.empty(),
                open ? Optional.of(new RunId("run-open")) : Optional.empty(),
                Optional.empty(),
                Optional.ofNullable(automatic)
                        .map(text -> new Requested(new RunId("run-auto"), day(Integer.parseInt(text)), false)),
                Optional.empty(),
                DAY_0,
                Optional.empty(),
                Map.of());
        Decision.Request request =
                new Decision.Request(new Fact.Reason(trigger, "because"), day(day), false, Duration.ofDays(cooldown));

        Decision decision = Decision.of(state, request);
        assertThat(decision)
                .isEqualTo(expected.equals("start") ? new Decision.Start() : new Decision.Merge(new RunId(expected)));
    }

    private static Instant day(int day) {
        return DAY_0.plus(Duration.ofDays(day));
    }
}
