package dev.pawl.app;

import dev.pawl.kernel.Count;
import dev.pawl.kernel.Fact;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** A fact in words, and the stage of the ring that it came from. */
record FactText(Stage stage, String text) {

    /** The six stages, in the order of the ring. */
    enum Stage {
        EXPERIMENT,
        PIPELINE_CI,
        PIPELINE_CD,
        TRIGGER,
        MODEL_CD,
        MONITORING
    }

    static FactText of(Fact fact) {
        return new FactText(stage(fact), text(fact));
    }

    private static Stage stage(Fact fact) {
        return switch (fact) {
            case Fact.CommitPushed _, Fact.ProposalMerged _ -> Stage.EXPERIMENT;
            case Fact.PackageBuilt _, Fact.PackageRefused _ -> Stage.PIPELINE_CI;
            case Fact.PipelineDeployed _, Fact.DeploymentRefused _ -> Stage.PIPELINE_CD;
            case Fact.RunRequested _, Fact.RunMerged _, Fact.RunFinished _, Fact.ModelRegistered _ -> Stage.TRIGGER;
            case Fact.ModelRejected _, Fact.ModelDeployed _ -> Stage.MODEL_CD;
            case Fact.WindowClosed _, Fact.PerformanceDecayed _, Fact.ExperimentRequested _ -> Stage.MONITORING;
        };
    }

    private static String text(Fact fact) {
        return switch (fact) {
            case Fact.CommitPushed f ->
                "commit %s pushed to %s".formatted(f.commit().value().substring(0, 7), f.branch());
            case Fact.ProposalMerged f ->
                "%s merged: %s into %s, as %s"
                        .formatted(
                                f.proposal(),
                                f.branch(),
                                f.target(),
                                f.commit().value().substring(0, 7));
            case Fact.PackageBuilt f -> "package " + f.packageDigest().brief() + " built, all checks passed";
            case Fact.PackageRefused f ->
                "no package: check '%s' failed: %s".formatted(f.check(), firstLine(f.because()));
            case Fact.PipelineDeployed f ->
                "package %s deployed to %s (%s)".formatted(f.packageDigest().brief(), f.environment(), f.by());
            case Fact.DeploymentRefused f ->
                "not deployed to %s: %s".formatted(f.environment(), firstLine(f.because()));
            case Fact.RunRequested f -> "run requested as of %s (%s)".formatted(day(f.asOf()), words(f.reason()));
            case Fact.RunMerged f -> "merged into %s (%s)".formatted(f.into(), words(f.reason()));
            case Fact.RunFinished f ->
                "%s run %s %s"
                        .formatted(lower(f.purpose()), lower(f.outcome()), firstLine(f.because()))
                        .strip();
            case Fact.ModelRegistered f ->
                "model %s registered, trained as of %s".formatted(f.version(), day(f.asOf()));
            case Fact.ModelRejected f ->
                "challenger %s turned down by gate '%s': %s".formatted(f.version(), f.gate(), firstLine(f.because()));
            case Fact.ModelDeployed f -> "%s is the champion now (%s)".formatted(f.version(), firstLine(f.because()));
            case Fact.WindowClosed f ->
                "window to %s: %s on %s"
                        .formatted(day(f.to()), error(f.metric(), f.value(), f.limit()), Count.of(f.labels(), "label"));
            case Fact.PerformanceDecayed f ->
                "decay of %s found on %s: %s"
                        .formatted(f.version(), day(f.at()), error(f.metric(), f.value(), f.limit()));
            case Fact.ExperimentRequested f -> "experiment requested: " + firstLine(f.because());
        };
    }

    /** Only mape is a share; the others are in the label's own unit. */
    private static String error(String metric, double value, double limit) {
        return metric.equals("mape")
                ? "mape %.2f %% (limit %.2f %%)".formatted(100 * value, 100 * limit)
                : "%s %.4g (limit %.4g)".formatted(metric, value, limit);
    }

    private static String words(Fact.Reason reason) {
        return lower(reason.trigger()).replace('_', ' ') + ": " + reason.text();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
