package dev.pawl.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecisionTest {
    private static final CompatibilityItem GOOD = new CompatibilityItem("java", "25 or newer", "25", true);
    private static final CompatibilityItem BAD =
            new CompatibilityItem("command git", "on the PATH", "not there", false);

    @ParameterizedTest
    @CsvSource({
        "PASSED PASSED PASSED PASSED, DEPLOYED, ''",
        "PASSED PASSED PASSED NOT_DECLARED, DEPLOYED, ''",
        "FAILED NOT_RUN NOT_RUN NOT_RUN, REJECTED, gate0",
        "PASSED PASSED FAILED NOT_RUN, REJECTED, gate2",
        "PASSED NOT_RUN, REJECTED, gate1"
    })
    void every_gate_must_be_open(String answers, Challenger.State state, String gate) {
        List<String> words = Arrays.asList(answers.split(" "));
        List<Verdict> verdicts = IntStream.range(0, words.size())
                .mapToObj(place ->
                        Verdict.without("gate" + place, Verdict.Answer.valueOf(words.get(place)), "because " + place))
                .toList();
        Decision decision = Decision.of(verdicts);
        assertThat(decision.state()).isEqualTo(state);
        assertThat(decision instanceof Decision.Reject(String name, String _) ? name : "")
                .isEqualTo(gate);
    }

    /** Positions in the ledger of the package that is wanted and of the one that runs (0 = none), and what follows. */
    @ParameterizedTest
    @CsvSource({
        "2, 0, true, true, Deploy",
        "2, 1, true, true, Deploy",
        "1, 2, true, true, Skip",
        "1, 2, true, false, Deploy",
        "2, 2, true, true, Skip",
        "2, 2, true, false, Skip",
        "2, 1, false, true, Refuse",
        "2, 1, false, false, Refuse",
        "1, 2, false, true, Skip"
    })
    void an_environment_never_goes_back_by_itself(
            int wanted, int running, boolean compatible, boolean automatic, String decision) {
        Optional<KnownPackage> current = running == 0 ? Optional.empty() : Optional.of(known(running));
        assertThat(DeploymentDecision.of(known(wanted), current, List.of(GOOD, compatible ? GOOD : BAD), automatic))
                .satisfies(found -> assertThat(found.getClass().getSimpleName()).isEqualTo(decision));
    }

    @Test
    void a_refusal_names_all_that_is_missing() {
        assertThat(DeploymentDecision.of(known(1), Optional.empty(), List.of(BAD, GOOD, BAD), true))
                .isEqualTo(new DeploymentDecision.Refuse("command git: needs on the PATH, found not there;"
                        + " command git: needs on the PATH, found not there"));
    }

    private static KnownPackage known(int position) {
        return new KnownPackage(
                Births.PROJECT,
                Births.packageOf(position),
                "main",
                Births.commit(position),
                Births.packageOf(0),
                position,
                Instant.EPOCH);
    }
}
