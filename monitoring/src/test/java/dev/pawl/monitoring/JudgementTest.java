package dev.pawl.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.monitoring.LiveWindow.State;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgementTest {

    @ParameterizedTest
    @CsvSource({
        // partial, predictions, labels, error, limit, expected
        "false, 28, 28, 0.031, 0.045, WITHIN_LIMIT",
        "false, 28, 28, 0.045, 0.045, WITHIN_LIMIT",
        "false, 28, 28, 0.046, 0.045, ABOVE_LIMIT",
        "false, 28, 14, 0.046, 0.045, ABOVE_LIMIT",
        "false, 28, 13, 0.046, 0.045, FEW_LABELS",
        "false, 28,  0,      , 0.045, NO_LABELS",
        "false, 28, 28, 0.046,      , NO_REFERENCE",
        "true,  28, 28, 0.046, 0.045, PARTIAL",
        "true,  28,  0,      ,      , PARTIAL",
    })
    void a_window_is_judged_only_on_sufficient_evidence(
            boolean partial,
            long predictions,
            long labels,
            @Nullable Double error,
            @Nullable Double limit,
            State expected) {
        Sums sums = new Sums(predictions, labels, labels, 0, 0, 0);

        assertThat(Judgement.of(partial, sums, optional(error), optional(limit)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // asked before, rejected, trained because of decay, windows judged, asked
        "false, 0, false, 1, false",
        "false, 1, false, 9, false",
        "false, 2, false, 9, true",
        "false, 3, true,  9, true",
        "true,  3, true,  1, false",
        "false, 0, true,  1, true",
        "false, 0, true,  2, true",
        "false, 1, true,  3, false",
    })
    void people_are_asked_once_when_retraining_does_not_help(
            boolean asked, int rejected, boolean ofDecay, int judged, boolean expected) {
        assertThat(Judgement.experiment(asked, rejected, ofDecay, judged).isPresent())
                .isEqualTo(expected);
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
