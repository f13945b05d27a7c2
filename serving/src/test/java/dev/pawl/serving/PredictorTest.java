package dev.pawl.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.kernel.PawlException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands between a request and its answer: the log and the bound on calls. */
class PredictorTest {
    private final Champions champions = new Champions();

    @BeforeEach
    void deploy() {
        champions.deploy(Models.version(1), () -> Models.births(1));
    }

    @AfterEach
    void close() {
        champions.close();
    }

    @Test
    void there_is_no_answer_before_the_log_returned() throws InterruptedException {
        CountDownLatch recorded = new CountDownLatch(1);
        AtomicInteger answers = new AtomicInteger();
        AtomicInteger asked = new AtomicInteger();
        Predictor predictor = predictor(predictions -> {
            asked.incrementAndGet();
            awaitLatch(recorded);
            return PredictionLog.none().record(predictions);
        });
        Thread caller = Thread.ofVirtual().start(() -> {
            ask(predictor);
            answers.incrementAndGet();
        });
        await().until(() -> asked.get() == 1);
        assertThat(answers).hasValue(0);
        recorded.countDown();
        caller.join();
        assertThat(answers).hasValue(1);
    }

    @Test
    void a_log_that_fails_gives_no_answer() {
        Predictor predictor = predictor(_ -> {
            throw PawlException.external("disk-trouble", "The database cannot write", new java.io.IOException("full"));
        });
        assertThatThrownBy(() -> ask(predictor)).hasMessage("The database cannot write");
    }

    @Test
    void rows_of_two_versions_are_not_mixed_into_one_answer() {
        Predictor predictor = predictor(predictions -> List.of(
                PredictionLog.Logged.of(predictions.get(0)),
                new PredictionLog.Logged(Models.version(7), predictions.get(1).outputs())));
        String batch = "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\",\"data\":[1,2,3,4]}]}";
        assertThatThrownBy(() -> predictor.infer(Models.BIRTHS, Optional.empty(), bytes(batch)))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.kind()).isEqualTo(PawlException.Kind.CONFLICT));
    }

    @Test
    void more_calls_than_the_bound_wait_and_then_are_turned_away() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        AtomicInteger under = new AtomicInteger();
        Predictor predictor = predictor(predictions -> {
            under.incrementAndGet();
            awaitLatch(free);
            return PredictionLog.none().record(predictions);
        });
        List<Thread> callers = IntStream.range(0, Predictor.MOST_CALLS)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> ask(predictor)))
                .toList();
        await().until(() -> under.get() == Predictor.MOST_CALLS);
        assertThatThrownBy(() -> ask(predictor))
                .isInstanceOfSatisfying(
                        PawlException.class, e -> assertThat(e.code()).isEqualTo("busy"));
        free.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(ask(predictor)).contains("1012.0");
    }

    private Predictor predictor(PredictionLog log) {
        return new Predictor(champions, log, Clock.system(), Ids.system());
    }

    private static String ask(Predictor predictor) {
        byte[] answer = predictor.infer(Models.BIRTHS, Optional.empty(), bytes(Models.row(1, 2)));
        return new String(answer, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
