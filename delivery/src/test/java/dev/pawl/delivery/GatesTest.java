package dev.pawl.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.RunId;
import dev.pawl.kernel.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sequence of the gates, with gates whose answers are known. */
class GatesTest {
    private final SettableClock clock = SettableClock.at("1972-07-14T00:00:00Z");
    private final AtomicInteger examined = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({
        "pass pass pass, PASSED PASSED PASSED, 3",
        "fail pass pass, FAILED NOT_RUN NOT_RUN, 1",
        "pass fail pass, PASSED FAILED NOT_RUN, 2",
        "pass pass fail, PASSED PASSED FAILED, 3",
        "pass absent fail, PASSED NOT_DECLARED FAILED, 2",
        "pass absent pass, PASSED NOT_DECLARED PASSED, 2",
        "pass refuse pass, PASSED FAILED NOT_RUN, 2",
        "break pass pass, FAILED NOT_RUN NOT_RUN, 1"
    })
    void gates_run_up_to_the_first_that_stays_closed(String gates, String answers, int run) throws Exception {
        List<Verdict> verdicts = judge(gates);
        assertThat(verdicts.stream().map(verdict -> verdict.answer().name()).collect(Collectors.joining(" ")))
                .isEqualTo(answers);
        assertThat(examined).hasValue(run);
    }

    @Test
    void a_gate_that_could_not_run_says_why() throws Exception {
        assertThat(judge("refuse").getFirst().summary()).isEqualTo("could not run: no such model");
        assertThat(judge("break").getFirst().summary())
                .isEqualTo("could not run: java.lang.IllegalStateException: a defect");
        assertThat(judge("refuse pass").getLast().summary()).isEqualTo("gate refuse failed before it");
    }

    @Test
    void a_gate_is_timed_and_its_evidence_kept() throws Exception {
        Verdict verdict = judge("pass").getFirst();
        assertThat(verdict.evidence()).isEqualTo(Map.of("measured", 1));
        assertThat(Duration.between(
                        verdict.began().orElseThrow(), verdict.ended().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(3));
    }

    /** A server that stops interrupts its gates; the client that was cut off then fails in its own way. */
    @Test
    void an_interruption_is_no_verdict() {
        assertThatThrownBy(() -> judge("interrupt pass")).isInstanceOf(InterruptedException.class);
    }

    private List<Verdict> judge(String gates) throws InterruptedException {
        List<Gate> list = Arrays.stream(gates.split(" "))
                .<Gate>map(what -> new KnownGate(what))
                .toList();
        return new Gates(clock, list).judge(examination());
    }

    private final class KnownGate implements Gate {
        private final String what;

        KnownGate(String what) {
            this.what = what;
        }

        @Override
        public String name() {
            return what;
        }

        @Override
        public boolean declared(ModelPlan plan) {
            return !what.equals("absent");
        }

        @Override
        public Finding examine(Examination examination) {
            examined.incrementAndGet();
            clock.tick(Duration.ofSeconds(3));
            return switch (what) {
                case "refuse" -> throw PawlException.user("bad-model", "no such model");
                case "break" -> throw new IllegalStateException("a defect");
                case "interrupt" -> {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("cut off");
                }
                default -> Finding.of(what.equals("pass"), what, Map.of("measured", 1));
            };
        }
    }

    private static Examination examination() {
        return new Examination(
                challenger(),
                Optional.empty(),
                List.of(),
                Births.plan(Map.of(), Optional.empty()),
                () -> Births.heldOut(Births.ROWS),
                new Functions());
    }

    static Challenger challenger() {
        return new Challenger(
                Births.version(2),
                Births.PROJECT,
                Births.PROD,
                Births.packageOf(2),
                new RunId("run-2"),
                Births.packageOf(1),
                Ring.AS_OF,
                Challenger.State.WAITING,
                Optional.empty(),
                List.of(),
                Instant.EPOCH,
                Optional.empty());
    }
}
