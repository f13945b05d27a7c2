package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.ci.CiPackage;
import dev.pawl.delivery.Delivery;
import dev.pawl.delivery.Verdict;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.PredictionId;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.monitoring.LabelledPrediction;
import dev.pawl.monitoring.Monitoring;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.registry.RegisteredVersion;
import dev.pawl.registry.Registry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way back from a prediction to the commit that it came from, through every stage's own records. */
record Trace(Monitoring monitoring, Registry registry, Delivery delivery, Orchestrator orchestrator, Ci ci) {

    /** Everything that one prediction rests on. */
    record Way(
            PredictionId prediction,
            Instant eventTime,
            Instant loggedAt,
            double value,
            Optional<Double> label,
            ModelVersion version,
            Digest model,
            List<Gate> gates,
            ProjectName project,
            EnvironmentName environment,
            RunId run,
            String reason,
            Instant asOf,
            Map<String, Digest> data,
            Digest packageDigest,
            Digest definition,
            CiRunId ciRun,
            String branch,
            CommitId commit) {}

    /** A gate that the model version went through. */
    record Gate(String name, Verdict.Answer answer, String summary) {}

    Way of(PredictionId id) {
        LabelledPrediction prediction = monitoring
                .prediction(id)
                .orElseThrow(() -> PawlException.notFound(
                        "no-prediction",
                        "No prediction '" + id + "' was logged; ids are given in the prediction request"));
        ModelVersion version = prediction.prediction().version();
        RegisteredVersion registered = registry.version(version);
        CiPackage built = ci.packageOf(registered.packageDigest());
        return new Way(
                id,
                prediction.prediction().eventTime(),
                prediction.loggedAt(),
                prediction.prediction().value(),
                prediction.label(),
                version,
                registered.artifact(),
                gates(version),
                registered.project(),
                registered.environment(),
                registered.run(),
                orchestrator.run(registered.run()).spec().reason(),
                registered.asOf(),
                orchestrator.snapshots(registered.run()),
                registered.packageDigest(),
                registered.definition(),
                built.ciRun(),
                built.branch(),
                built.commit());
    }

    private List<Gate> gates(ModelVersion version) {
        return delivery.gates(version).stream()
                .flatMap(report -> report.verdicts().stream())
                .map(verdict -> new Gate(verdict.gate(), verdict.answer(), verdict.summary()))
                .toList();
    }
}
