package dev.pawl.ci;

import dev.pawl.definition.CiPlan.OwnCheck;
import dev.pawl.definition.Definition;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.RunId;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.store.Jobs;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes a check of what the integration run gave: tries steps or models by themselves. Its key names the CI run and the check. */
final class TrialJob implements Worker.Handler {
    static final String QUEUE = "ci-trials";

    private final Workshop shop;
    private final Trials trials;
    private final CiProgress progress;
    private final CiStore rows = new CiStore();

    TrialJob(Workshop shop, Trials trials, CiProgress progress) {
        this.shop = shop;
        this.trials = trials;
        this.progress = progress;
    }

    static String key(CiRunId run, String check) {
        return run + "/" + check;
    }

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) throws InterruptedException {
        String[] key = job.key().split("/", 2);
        CiRunId id = new CiRunId(key[0]);
        CiRun run = run(id);
        if (run.state() != CiState.INTEGRATING) {
            return _ -> {};
        }
        Path folder = shop.folder().resolve("%s-%s-%d".formatted(id, key[1], job.generation()));
        Optional<Finding> finding = WhileWanted.make(
                () -> CheckRecorder.examine(() -> made(trials, run, key[1], folder)),
                () -> run(id).state() == CiState.INTEGRATING);
        return tx -> finding.ifPresent(found -> progress.tried(tx, id, key[1], found));
    }

    private CiRun run(CiRunId id) {
        return trials.store()
                .database()
                .read(tx -> rows.run(tx, id))
                .orElseThrow(() -> new IllegalStateException("no CI run " + id));
    }

    private Finding made(Trials trials, CiRun run, String check, Path folder) throws InterruptedException {
        Definition definition = trials.definition(run);
        Optional<OwnCheck> own = definition.ci().own().stream()
                .filter(one -> one.check().equals(check))
                .findFirst();
        return own.isPresent()
                ? new OwnTrial(shop, trials, definition, run, folder).examine(own.get())
                : made(trials, run, check, definition);
    }

    private static Finding made(Trials trials, CiRun run, String check, Definition definition)
            throws InterruptedException {
        RunId integration = run.run().orElseThrow();
        RunSpec as = trials.runs().run(integration).spec();
        return switch (check) {
            case CiCheck.CONTRACT ->
                new ContractTrials(
                                trials,
                                definition,
                                as,
                                definition.ci().integration().orElseThrow().within())
                        .examine();
            case CiCheck.NUMERIC ->
                new NumericTrials(trials, definition, definition.ci().numeric().orElseThrow(), as).examine();
            case CiCheck.DIFFERENCE ->
                new DifferenceTrial(
                                trials, definition, definition.ci().difference().orElseThrow(), run)
                        .examine();
            case CiCheck.INTEGRATION -> integration(trials, definition, integration);
            default -> throw new IllegalStateException("no trials for the check " + check);
        };
    }

    private static Finding integration(Trials trials, Definition definition, RunId integration)
            throws InterruptedException {
        var run = RecordedRun.of(trials.store().artifacts(), definition, trials.runs(), integration);
        String because = trials.runs().run(integration).because();
        Finding served = new ServingTrial(trials, definition.model().orElseThrow(), run).examine();
        Map<String, Object> evidence = new TreeMap<>(Map.of("run", integration, "served", served.evidence()));
        return served.passed()
                ? Finding.passed(because + "; " + served.summary()).with(evidence)
                : Finding.failed(served.summary()).with(evidence);
    }

    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {
        String[] key = job.key().split("/", 2);
        progress.tried(
                tx,
                new CiRunId(key[0]),
                key[1],
                Finding.failed(
                        "CI itself broke on this check, several times: " + error.getMessage() + "; push it again"));
    }
}
