package dev.pawl.delivery;

import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.PawlException;
import java.util.ArrayList;
import java.util.List;

/** Does the version keep its answer time at the declared rate, over its real API? */
record LoadGate(LoadGenerator generator) implements Gate {
    private static final int ROWS = 200;
    private static final int WARM_UP = 50;
    private static final double LEAST_SHARE_OF_RATE = 0.95;

    /** @param warmUp requests sent one after the other before the load, not measured */
    record Evidence(int ratePerSecond, double lastingSeconds, double p99LimitMillis, int warmUp, LoadReport measured) {}

    @Override
    public String name() {
        return "load";
    }

    @Override
    public boolean declared(ModelPlan plan) {
        return plan.load().isPresent();
    }

    @Override
    public Finding examine(Examination examination) throws InterruptedException {
        ModelPlan.LoadGate limits = examination.plan().load().orElseThrow();
        double[] expected = examination.answers(examination.instance(), ROWS);
        List<double[]> rows = rows(examination);
        int warmUp = Math.min(WARM_UP, rows.size());
        for (double[] row : rows.subList(0, warmUp)) {
            examination.instance().infer(List.of(row));
        }
        LoadReport report =
                generator.run(examination.instance(), limits.ratePerSecond(), limits.lasting(), rows, expected);
        return Finding.of(
                problems(limits, report),
                "%d requests at %s per second: p50 %s ms, p99 %s ms"
                        .formatted(
                                report.sent(),
                                figure(report.rate()),
                                figure(report.p50Millis()),
                                figure(report.p99Millis())),
                new Evidence(
                        limits.ratePerSecond(), limits.lasting().toMillis() / 1e3, millis(limits), warmUp, report));
    }

    private static List<double[]> rows(Examination examination) {
        List<double[]> rows = examination.heldOut().features(examination.features(), ROWS);
        if (rows.isEmpty()) {
            throw PawlException.user("no-rows", "the held-out table has no rows to send");
        }
        return rows;
    }

    static List<String> problems(ModelPlan.LoadGate limits, LoadReport report) {
        List<String> problems = new ArrayList<>();
        if (report.failed() > 0) {
            problems.add("%d of %d requests failed, the first with: %s"
                    .formatted(
                            report.failed(),
                            report.sent(),
                            report.firstFailure().orElse("no answer in time")));
        }
        if (report.sent() < report.planned() || report.rate() < LEAST_SHARE_OF_RATE * limits.ratePerSecond()) {
            problems.add("the rate was %s per second, %d are asked for"
                    .formatted(figure(report.rate()), limits.ratePerSecond()));
        }
        if (report.p99Millis() > millis(limits)) {
            problems.add("p99 is %s ms, at most %s ms is allowed"
                    .formatted(figure(report.p99Millis()), figure(millis(limits))));
        }
        return problems;
    }

    private static double millis(ModelPlan.LoadGate limits) {
        return limits.p99().toNanos() / 1e6;
    }

    private static String figure(double value) {
        return Finding.figure(value);
    }
}
