package dev.pawl.app;

import dev.pawl.kernel.Fact;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

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
        return switch (fact) {
            case Fact.CommitPushed f ->
                new FactText(
                        Stage.EXPERIMENT,
                        "commit %s pushed to %s".formatted(f.commit().value().substring(0, 7), f.branch()));
            case Fact.PackageBuilt f ->
                new FactText(
                        Stage.PIPELINE_CI,
                        "package %s built, all checks passed"
                                .formatted(f.packageDigest().brief()));
            case Fact.PackageRefused f ->
                new FactText(
                        Stage.PIPELINE_CI,
                        "no package: check '%s' failed: %s".formatted(f.check(), firstLine(f.because())));
            case Fact.PipelineDeployed f ->
                new FactText(
                        Stage.PIPELINE_CD,
                        "package %s deployed to %s (%s)"
                                .formatted(f.packageDigest().brief(), f.environment(), f.by()));
            case Fact.DeploymentRefused f ->
                new FactText(
                        Stage.PIPELINE_CD, "not deployed to %s: %s".formatted(f.environment(), firstLine(f.because())));
            case Fact.RunRequested f ->
                new FactText(
                        Stage.TRIGGER,
                        "run requested as of %s (%s: %s)"
                                .formatted(
                                        day(f.asOf()),
                                        word(f.reason()),
                                        f.reason().text()));
            case Fact.RunMerged f ->
                new FactText(
                        Stage.TRIGGER,
                        "merged into %s (%s: %s)"
                                .formatted(
                                        f.into(), word(f.reason()), f.reason().text()));
            case Fact.RunFinished f ->
                new FactText(
                        Stage.TRIGGER,
                        "%s run %s%s"
                                .formatted(
                                        lower(f.purpose()),
                                        lower(f.outcome()),
                                        f.because().isBlank() ? "" : ": " + firstLine(f.because())));
            case Fact.ModelRegistered f ->
                new FactText(
                        Stage.TRIGGER, "model %s registered, trained as of %s".formatted(f.version(), day(f.asOf())));
            case Fact.ModelRejected f ->
                new FactText(
                        Stage.MODEL_CD,
                        "challenger %s turned down by gate '%s': %s"
                                .formatted(f.version(), f.gate(), firstLine(f.because())));
            case Fact.ModelDeployed f ->
                new FactText(
                        Stage.MODEL_CD, "%s is the champion now (%s)".formatted(f.version(), firstLine(f.because())));
            case Fact.WindowClosed f ->
                new FactText(
                        Stage.MONITORING,
                        "window to %s: %s %.2f %% (limit %.2f %%) on %d labels"
                                .formatted(day(f.to()), f.metric(), 100 * f.value(), 100 * f.limit(), f.labels()));
            case Fact.PerformanceDecayed f ->
                new FactText(
                        Stage.MONITORING,
                        "decay of %s found on %s: %s %.2f %% above %.2f %%"
                                .formatted(f.version(), day(f.at()), f.metric(), 100 * f.value(), 100 * f.limit()));
            case Fact.ExperimentRequested f ->
                new FactText(Stage.MONITORING, "experiment requested: " + firstLine(f.because()));
        };
    }

    private static String word(Fact.Reason reason) {
        return lower(reason.trigger()).replace('_', ' ');
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static LocalDate day(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
