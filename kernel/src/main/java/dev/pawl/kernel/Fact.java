package dev.pawl.kernel;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What has happened in the ring, in the words that the stages share. A stage appends facts to the ledger and reads the ones
 * it cares about; it never calls another stage. A fact never changes: a new meaning is a new record.
 */
public sealed interface Fact {
    ProjectName project();

    /** Stage 1 to 2: a branch of the project's repository points to a new commit. */
    record CommitPushed(ProjectName project, String branch, CommitId commit) implements Fact {}

    /**
     * Before stage 2: reviewers let {@code head} into the branch {@code target}, which points to {@code commit} from now on: the head
     * itself, or a merge of it. Comes before the {@link CommitPushed} of that commit. {@code approvedBy} is empty if nobody had to.
     */
    record ProposalMerged(
            ProjectName project,
            ProposalId proposal,
            String branch,
            String target,
            CommitId head,
            CommitId commit,
            String author,
            List<String> approvedBy,
            String mergedBy)
            implements Fact {}

    /** Stage 2: CI passed; the package is what environments run. {@code definition} is the digest of the compiled pawl.yaml. */
    record PackageBuilt(
            ProjectName project, String branch, CommitId commit, CiRunId ciRun, Digest packageDigest, Digest definition)
            implements Fact {}

    /** Stage 2: CI failed; nothing was packaged. {@code check} names what turned it down. */
    record PackageRefused(
            ProjectName project, String branch, CommitId commit, CiRunId ciRun, String check, String because)
            implements Fact {}

    /** Stage 3: the package is what the environment runs from now on. */
    record PipelineDeployed(
            ProjectName project, EnvironmentName environment, Digest packageDigest, Digest definition, String by)
            implements Fact {}

    /** Stage 3: the environment cannot run the package, so that nothing changed. */
    record DeploymentRefused(ProjectName project, EnvironmentName environment, Digest packageDigest, String because)
            implements Fact {}

    /**
     * Stage 4: the deployed pipeline shall run. {@code asOf} is the moment in event time whose data it sees; {@code runId}
     * names the run that will be.
     */
    record RunRequested(
            ProjectName project,
            EnvironmentName environment,
            RunId runId,
            Digest packageDigest,
            Digest definition,
            Reason reason,
            Instant asOf)
            implements Fact {}

    /** Stage 4: asked for again while a run was under way or shortly after one: merged into it, with the reason kept. */
    record RunMerged(ProjectName project, EnvironmentName environment, RunId into, Reason reason, Instant asOf)
            implements Fact {}

    /** A run ended, whoever wanted it. {@code outputs} are the artifacts of its steps by {@code step} or {@code step.output}. */
    record RunFinished(
            ProjectName project,
            RunId runId,
            Purpose purpose,
            Optional<EnvironmentName> environment,
            Digest packageDigest,
            Digest definition,
            Instant asOf,
            Outcome outcome,
            String because,
            Map<String, Digest> outputs)
            implements Fact {}

    /** Stage 4: a trained model is in the registry. */
    record ModelRegistered(
            ProjectName project,
            EnvironmentName environment,
            ModelVersion version,
            Digest artifact,
            RunId runId,
            Digest definition,
            Instant asOf)
            implements Fact {}

    /** Stage 5: a challenger did not get through a gate; the champion stays. */
    record ModelRejected(
            ProjectName project, EnvironmentName environment, ModelVersion version, String gate, String because)
            implements Fact {}

    /** Stage 5: this version is the champion now and answers predictions; {@code previous} is the one it replaced. */
    record ModelDeployed(
            ProjectName project,
            EnvironmentName environment,
            ModelVersion version,
            Optional<ModelVersion> previous,
            Digest artifact,
            Digest definition,
            Instant asOf,
            String because)
            implements Fact {}

    /** Stage 6: all labels of a window of event time [from, to) are due; {@code value} is the live error on those that came. */
    record WindowClosed(
            ProjectName project,
            EnvironmentName environment,
            ModelVersion version,
            Instant from,
            Instant to,
            Instant closedAt,
            String metric,
            double value,
            double limit,
            long predictions,
            long labels)
            implements Fact {}

    /** Stage 6: the live error is above what the model's own reference performance allows at the stated false-alarm rate. */
    record PerformanceDecayed(
            ProjectName project,
            EnvironmentName environment,
            ModelVersion version,
            Instant at,
            String metric,
            double value,
            double limit,
            String test)
            implements Fact {}

    /** Stage 6: retraining did not help; people should try something new. */
    record ExperimentRequested(
            ProjectName project, EnvironmentName environment, ModelVersion version, Instant at, String because)
            implements Fact {}

    /** Why a run was requested. */
    record Reason(Trigger trigger, String text) {}

    /** What can start a run of a deployed pipeline. */
    enum Trigger {
        ON_DEMAND,
        SCHEDULE,
        NEW_DATA,
        DECAY
    }

    /** Whom a run is for; only a production run ends in the registry. */
    enum Purpose {
        EXPERIMENT,
        INTEGRATION,
        PRODUCTION,
        /** Of a deployed pipeline over the past: what it gives stays with it and never stands against a champion. */
        BACKFILL
    }

    /** How a run ended. */
    enum Outcome {
        SUCCEEDED,
        FAILED,
        CANCELLED
    }
}
