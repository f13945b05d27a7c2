package dev.pawl.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.definition.ModelPlan;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.HeldOut;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Each gate by itself. */
class GateTest {
    private final Functions functions = new Functions();
    private ModelPlan plan = Births.plan(Map.of("mape", 0.05), Optional.empty());
    private Supplier<HeldOut> heldOut = () -> Births.heldOut(Births.ROWS);
    private Optional<Champion> champion = Optional.empty();

    @Test
    void a_model_that_does_not_start_is_not_compatible() {
        Examination examination =
                new Examination(GatesTest.challenger(), champion, List.of(), plan, heldOut, functions);
        assertThatThrownBy(() -> new CompatibilityGate().examine(examination))
                .isInstanceOf(PawlException.class)
                .hasMessage("this is not a model");
    }

    @Test
    void features_must_be_columns() throws Exception {
        Finding finding = new CompatibilityGate().examine(examination(with(List.of("trend", "weather"))));
        assertThat(finding.passed()).isFalse();
        assertThat(finding.summary()).isEqualTo("no columns of the held-out table: features [weather]");
        assertThat(new CompatibilityGate()
                        .examine(examination(Functions.off(0)))
                        .passed())
                .isTrue();
    }

    @Test
    void examples_must_be_answered_by_finite_numbers() throws Exception {
        assertThat(api(new Functions.Model(row -> row[0] == 1003 ? Double.NaN : 1)))
                .isEqualTo("1 of 20 answers are not finite numbers");
    }

    @Test
    void the_same_request_must_get_the_same_answer() throws Exception {
        var calls = new AtomicInteger();
        assertThat(api(new Functions.Model(row -> calls.incrementAndGet() * 1e-9)))
                .isEqualTo("the same request got different answers");
    }

    @Test
    void a_row_alone_must_be_answered_as_among_others() throws Exception {
        assertThat(api(new Functions.Model(row -> row[0]) {
                    @Override
                    public double[] infer(List<double[]> rows) {
                        return rows.stream()
                                .mapToDouble(row -> row[0] * (rows.size() == 1 ? 1.001 : 1))
                                .toArray();
                    }
                }))
                .isEqualTo("a row alone is answered differently than among others, by 0.0009990");
    }

    @Test
    void bad_input_must_be_refused() throws Exception {
        assertThat(api(new Functions.Model(row -> row[0]) {
                    @Override
                    public boolean refusesBadInput() {
                        return false;
                    }
                }))
                .isEqualTo("bad input gets an answer instead of an error");
    }

    @Test
    void every_row_must_get_its_answer() {
        assertThatThrownBy(() -> api(new Functions.Model(row -> row[0]) {
                    @Override
                    public double[] infer(List<double[]> rows) {
                        return new double[rows.size() - 1];
                    }
                }))
                .hasMessage("20 rows got 19 answers");
    }

    @Test
    void without_rows_there_are_no_examples() throws Exception {
        heldOut = () -> Births.heldOut(0);
        assertThat(api(Functions.off(0))).isEqualTo("the held-out table has no rows to take examples from");
    }

    @Test
    void other_features_than_the_champions_are_reported() throws Exception {
        champion = Optional.of(champion());
        Examination examination = examination(with(List.of("trend", "births")));
        examination.instance();
        Finding finding = new ApiGate().examine(examination);
        assertThat(finding.passed()).isTrue();
        assertThat(finding.summary())
                .isEqualTo("20 recorded examples answered; features that the champion does not take: [births];"
                        + " features that only the champion takes: [noise]");
        assertThat(finding.evidence())
                .containsEntry("features_added", List.of("births"))
                .containsEntry("features_removed", List.of("noise"));
    }

    @Test
    void the_first_version_needs_only_be_good_enough() throws Exception {
        Finding good = new QualityGate().examine(examination(Functions.off(0.04)));
        assertThat(good.passed()).isTrue();
        assertThat(good.summary()).startsWith("mape 0.0").endsWith("on 140 held-out rows; no champion yet");
        Finding bad = new QualityGate().examine(examination(Functions.off(0.1)));
        assertThat(bad.passed()).isFalse();
        assertThat(bad.summary()).matches("mape is 0\\.(09|10)\\d+, at most 0\\.05000 is allowed");
    }

    @Test
    void an_answer_that_is_no_number_is_above_every_limit() throws Exception {
        assertThat(new QualityGate()
                        .examine(examination(new Functions.Model(row -> Double.NaN)))
                        .passed())
                .isFalse();
    }

    @Test
    void without_a_limit_too_a_metric_must_be_a_finite_number() throws Exception {
        plan = Births.plan(Map.of(), Optional.empty());
        for (double answer : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            Finding finding = new QualityGate().examine(examination(new Functions.Model(row -> answer)));
            assertThat(finding.passed()).isFalse();
            assertThat(finding.summary()).isEqualTo("mae is " + answer + ", which is not a finite number");
        }
        assertThat(new QualityGate().examine(examination(Functions.off(0.1))).passed())
                .isTrue();
    }

    @Test
    void a_challenger_must_be_better_than_the_champion() throws Exception {
        champion = Optional.of(champion());
        assertThat(new QualityGate().examine(examination(Functions.off(0.01))).passed())
                .isTrue();
        assertThat(new QualityGate().examine(examination(Functions.off(0.02))).passed())
                .isFalse();
        Finding worse = new QualityGate().examine(examination(Functions.off(0.03)));
        assertThat(worse.passed()).isFalse();
        assertThat(worse.summary())
                .startsWith("not better than births/1: mape 0.03")
                .contains("over 20 blocks");
        assertThat(worse.evidence().toString()).contains("one-sided paired t test", "alpha=0.05", "block=7");
    }

    @Test
    void every_metric_must_agree() throws Exception {
        champion = Optional.of(champion());
        plan = Births.plan(Map.of("mae", 1000.0, "rmse", 1000.0), Optional.empty());
        Functions.Model steadyButForOnce = new Functions.Model(row -> row[0] * (row[0] == 1070 ? 1.3 : 1.01));
        Finding finding = new QualityGate().examine(examination(steadyButForOnce));
        assertThat(finding.summary()).contains("rmse").doesNotContain("mae");
        assertThat(finding.passed()).isFalse();
    }

    @Test
    void both_instances_end() throws Exception {
        champion = Optional.of(champion());
        try (Examination examination = examination(Functions.off(0.01))) {
            new QualityGate().examine(examination);
        }
        assertThat(functions.started).hasValue(2);
        assertThat(functions.closed).hasValue(2);
    }

    @Test
    void no_held_out_rows_keep_the_gate_closed() {
        heldOut = () -> Births.heldOut(0);
        assertThatThrownBy(() -> new QualityGate().examine(examination(Functions.off(0))))
                .hasMessage("the held-out table has no rows with a label");
        heldOut = () -> Births.heldOut(13);
        champion = Optional.of(champion());
        assertThatThrownBy(() -> new QualityGate().examine(examination(Functions.off(0))))
                .hasMessageContaining("13 held-out rows are too few");
    }

    @Test
    void a_load_is_sent_and_measured() throws Exception {
        plan = Births.plan(
                Map.of(), Optional.of(new ModelPlan.LoadGate(100, Duration.ofSeconds(2), Duration.ofMillis(300))));
        LoadGate gate = new LoadGate(new LoadGenerator(Clock.system()));
        assertThat(gate.declared(plan)).isTrue();
        Finding finding = gate.examine(examination(Functions.off(0.01)));
        assertThat(finding.summary()).startsWith("30 requests at");
        assertThat(finding.passed()).isTrue();
        assertThat(finding.evidence().toString()).contains("sent=30", "failed=0", "p99_limit_millis=2000");
    }

    @Test
    void every_limit_of_a_load_counts() {
        var limits = new ModelPlan.LoadGate(100, Duration.ofMillis(20), Duration.ofSeconds(1));
        assertThat(LoadGate.problems(limits, report(100, 0, 100, 19))).isEmpty();
        assertThat(LoadGate.problems(limits, report(100, 0, 94, 19)))
                .containsExactly("the rate was 94 per second, 100 are asked for");
        assertThat(LoadGate.problems(limits, report(60, 0, 100, 19))).hasSize(1);
        assertThat(LoadGate.problems(limits, report(100, 1, 100, 19)))
                .containsExactly("1 of 100 requests failed, the first with: cut off");
        assertThat(LoadGate.problems(limits, report(100, 0, 100, 20.5)))
                .containsExactly("p99 is 20.50 ms, at most 20 ms is allowed");
    }

    private static LoadReport report(int sent, int failed, double rate, double p99) {
        return new LoadReport(100, sent, failed, 0, rate, 1, p99, p99, Optional.of("cut off"));
    }

    private String api(Functions.Model model) throws InterruptedException {
        Examination examination = examination(model);
        examination.instance();
        return new ApiGate().examine(examination).summary();
    }

    private static Functions.Model with(List<String> features) {
        return new Functions.Model(row -> row[0]) {
            @Override
            public List<String> features() {
                return features;
            }
        };
    }

    private Examination examination(Functions.Model model) {
        Challenger challenger = GatesTest.challenger();
        functions.artifact("package 2", model);
        return new Examination(
                challenger, champion, champion.isPresent() ? Functions.FEATURES : List.of(), plan, heldOut, functions);
    }

    private Champion champion() {
        return new Champion(
                Births.version(1),
                1,
                Optional.empty(),
                Births.PROJECT,
                Births.PROD,
                functions.artifact("champion", Functions.off(0.02)),
                Births.packageOf(1),
                Ring.AS_OF,
                "gates passed",
                Instant.EPOCH,
                Optional.empty());
    }

    @Test
    void mape_has_no_value_where_the_label_is_zero() {
        assertThatThrownBy(() -> Metric.MAPE.losses(new double[] {1, 0}, new double[] {1, 1}))
                .hasMessageContaining("use mae or rmse");
        assertThatThrownBy(() -> Metric.named("f1"))
                .hasMessage("There is no metric 'f1'; there are mape, mae and rmse");
        double[] labels = {10, -20};
        double[] answers = {11, -16};
        assertThat(Arrays.stream(Metric.values()).map(metric -> metric.of(metric.losses(labels, answers))))
                .containsExactly(0.15000000000000002, 2.5, Math.sqrt(8.5));
    }
}
