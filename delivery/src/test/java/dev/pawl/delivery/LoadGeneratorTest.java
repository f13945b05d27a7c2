package dev.pawl.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

class LoadGeneratorTest {
    private static final List<double[]> ROWS = List.of(new double[] {1}, new double[] {2});
    private static final double[] ANSWERS = {1, 2};

    private final Clock clock = Clock.system();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();

    @Test
    void a_quick_instance_keeps_the_rate() throws Exception {
        LoadReport report = run(answering(() -> {}), 100, Duration.ofMillis(500));
        assertThat(report.planned()).isEqualTo(50);
        assertThat(report.sent()).isEqualTo(50);
        assertThat(report.failed()).isZero();
        assertThat(report.rate()).isBetween(60.0, 101.0);
        assertThat(report.p50Millis()).isLessThanOrEqualTo(report.p99Millis());
        assertThat(report.p99Millis()).isLessThanOrEqualTo(report.maxMillis());
    }

    @Test
    void a_few_slow_answers_show_in_the_tail_only() throws Exception {
        var number = new AtomicInteger();
        LoadReport report = run(
                answering(() -> {
                    if (number.incrementAndGet() % 20 == 0) {
                        clock.sleep(Duration.ofMillis(300));
                    }
                }),
                200,
                Duration.ofMillis(500));
        assertThat(report.p50Millis()).isLessThan(200);
        assertThat(report.p99Millis()).isGreaterThan(290);
    }

    /** One at a time, 20 ms each, at 100 per second: each answer is quick once it is taken up, but the line grows. */
    @Test
    void waiting_in_line_counts() throws Exception {
        var oneAtATime = new ReentrantLock();
        LoadReport report = run(
                answering(() -> {
                    oneAtATime.lock();
                    try {
                        clock.sleep(Duration.ofMillis(20));
                    } finally {
                        oneAtATime.unlock();
                    }
                }),
                100,
                Duration.ofMillis(600));
        assertThat(report.sent()).isEqualTo(60);
        assertThat(report.p99Millis()).isGreaterThan(400);
    }

    @Test
    void no_more_than_the_bound_are_in_flight_and_the_rate_suffers() throws Exception {
        LoadReport report = run(answering(() -> clock.sleep(Duration.ofMillis(300))), 1_000, Duration.ofMillis(500));
        assertThat(mostInFlight).hasValue(LoadGenerator.MOST_IN_FLIGHT);
        assertThat(report.late()).isPositive();
        assertThat(report.rate()).isLessThan(600);
        assertThat(report.sent()).isLessThan(report.planned());
    }

    @Test
    void wrong_and_missing_answers_are_failures() throws Exception {
        var number = new AtomicInteger();
        Functions.Model broken = new Functions.Model(row -> row[0]) {
            @Override
            public double[] infer(List<double[]> rows) throws InterruptedException {
                return switch (number.getAndIncrement() % 4) {
                    case 0 -> super.infer(rows);
                    case 1 -> new double[] {Double.NaN};
                    case 2 -> new double[] {7.0};
                    default -> throw new IllegalStateException("cut off");
                };
            }
        };
        LoadReport report = run(broken, 100, Duration.ofMillis(200));
        assertThat(report.failed()).isEqualTo(15);
        assertThat(report.firstFailure().orElseThrow()).isIn("a wrong answer", "cut off");
    }

    @Test
    void a_load_without_end_is_refused() {
        assertThatThrownBy(() -> run(answering(() -> {}), 10_000, Duration.ofHours(1)))
                .isInstanceOf(PawlException.class)
                .hasMessageContaining("asks for 36000000 requests, at most 1000000 are sent");
    }

    private LoadReport run(Instance instance, int rate, Duration lasting) throws InterruptedException {
        return new LoadGenerator(clock).run(instance, rate, lasting, ROWS, ANSWERS);
    }

    private interface Delay {
        void pass() throws InterruptedException;
    }

    private Functions.Model answering(Delay delay) {
        return new Functions.Model(row -> row[0]) {
            @Override
            public double[] infer(List<double[]> rows) throws InterruptedException {
                mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
                delay.pass();
                inFlight.decrementAndGet();
                return super.infer(rows);
            }
        };
    }
}
