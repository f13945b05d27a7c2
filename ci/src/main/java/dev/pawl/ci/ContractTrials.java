package dev.pawl.ci;

import dev.pawl.definition.CiPlan.ContractCheck;
import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.executor.Observed;
import dev.pawl.executor.Read;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.pipeline.RunStep;
import dev.pawl.pipeline.StepTrials.Result;
import dev.pawl.pipeline.StepTrials.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs every step by itself on what it read in the integration run: it must give what it declares, and the same again. Steps that are not
 * cached, or that always run at the end, may do something outside: they are not run again.
 */
final class ContractTrials {
    private static final String SAME = "the same";

    /** Observing must fail nothing: such a step is run once more without. */
    private static final Observed FAILED_OBSERVED =
            new Observed(List.of(), List.of("anything: the step did not succeed while it was observed"));

    private final Trials trials;
    private final Definition definition;
    private final ContractCheck plan;
    private final RunSpec as;
    private final RecordedRun run;
    private final Duration within;

    ContractTrials(Trials trials, Definition definition, RunSpec as, Duration within) {
        this.trials = trials;
        this.definition = definition;
        this.plan = definition.ci().contract();
        this.as = as;
        this.run = RecordedRun.of(trials.store().artifacts(), definition, trials.runs(), as.id());
        this.within = within;
    }

    /**
     * What is known of one step.
     *
     * @param again what came of the trial, in words
     * @param reads what it read in the trial that it does not declare
     * @param unseen what of that could not be seen, in words
     */
    record OfStep(StepName step, String again, List<String> wrong, List<Read> reads, List<String> unseen) {
        OfStep(StepName step, String again, List<String> wrong) {
            this(step, again, wrong, List.of(), List.of());
        }

        OfStep with(Observed observed) {
            return new OfStep(step, again, wrong, observed.reads(), observed.unseen());
        }
    }

    Finding examine() throws InterruptedException {
        List<OfStep> steps = trials.each(definition.steps(), this::ofStep);
        List<String> wrong = steps.stream()
                .flatMap(step -> step.wrong().stream().map(text -> "step '" + step.step() + "' " + text))
                .toList();
        Map<String, Object> evidence = Map.of("steps", steps);
        Stream<String> reads = UndeclaredReads.of(steps).stream();
        return wrong.isEmpty()
                ? Finding.passed(joined("; ", Stream.concat(Stream.of(summary(steps)), reads)))
                        .with(evidence)
                : Finding.failed(joined("\n", Stream.concat(wrong.stream(), reads)))
                        .with(evidence);
    }

    private static String joined(String between, Stream<String> texts) {
        return texts.collect(Collectors.joining(between));
    }

    private static String summary(List<OfStep> steps) {
        long same = steps.stream().filter(step -> step.again().startsWith(SAME)).count();
        return "every step gave what it declares, %d of %d the same again".formatted(same, steps.size());
    }

    private OfStep ofStep(Step step) throws InterruptedException {
        RunStep row = run.steps().get(step.name());
        if (row == null) {
            return new OfStep(step.name(), "it did not come so far", List.of());
        }
        List<String> wrong = Stream.concat(schemas(step), empty(step)).toList();
        return switch (row.state()) {
            case SUCCEEDED, CACHED -> again(step, wrong);
            case FAILED -> failedAgain(step, wrong);
            case WAITING, READY, RUNNING, PAUSING, SKIPPED, CANCELLED ->
                new OfStep(step.name(), "it did not run on this sample", wrong);
        };
    }

    private OfStep again(Step step, List<String> wrong) throws InterruptedException {
        Optional<String> reason = notAsked(step);
        if (reason.isPresent()) {
            return new OfStep(step.name(), reason.get(), wrong);
        }
        Optional<Trial> trial = trial(step);
        if (trial.isEmpty()) {
            return new OfStep(step.name(), "what it read is not there", wrong);
        }
        Result observed = trials.observe(definition, trial.get());
        return observed instanceof Result.Gave gave
                ? judged(step, gave, wrong).with(gave.observed())
                : judged(step, make(step, trial.get()), wrong).with(FAILED_OBSERVED);
    }

    private OfStep judged(Step step, Result result, List<String> wrong) {
        return switch (result) {
            case Result.Gave gave -> compared(step, gave.outputs(), wrong);
            case Result.BrokeContract(String error) ->
                new OfStep(step.name(), "not", with(wrong, "did not keep its contract: " + error));
            case Result.Failed failed ->
                new OfStep(
                        step.name(),
                        "not",
                        with(
                                wrong,
                                "succeeded in the integration run and failed by itself, on the" + " same inputs: "
                                        + Told.ending(failed.ending())));
        };
    }

    private static Optional<String> cannotBe(Step step) {
        return step.rules().always()
                ? Optional.of("not asked: it always runs at the end")
                : step.rules().cache() ? Optional.empty() : Optional.of("not asked: it is not cached");
    }

    private Optional<String> notAsked(Step step) {
        return plan.notRepeatable().contains(step.name())
                ? Optional.of("not asked: ci.checks.contract.not-repeatable names it")
                : cannotBe(step);
    }

    private OfStep compared(Step step, SortedMap<String, Digest> gave, List<String> wrong) {
        List<String> differ = step.outputs().keySet().stream()
                .filter(output -> !run.gaveFirst(step, output).equals(Optional.ofNullable(gave.get(output))))
                .toList();
        return differ.isEmpty()
                ? new OfStep(step.name(), SAME, wrong)
                : new OfStep(
                        step.name(),
                        "different",
                        with(
                                wrong,
                                "gave another %s from the same inputs (%s): fix its seeds, leave clock and network out, or"
                                                .formatted(
                                                        String.join(", ", differ),
                                                        OutputDifference.between(
                                                                trials.store().artifacts(),
                                                                run,
                                                                step,
                                                                gave,
                                                                differ.getFirst()))
                                        + " say 'cache: false' of it, or name it in"
                                        + " ci.checks.contract.not-repeatable"));
    }

    /** Why it failed: if it broke its contract, that is what is wrong; anything else the integration check tells. */
    private OfStep failedAgain(Step step, List<String> wrong) throws InterruptedException {
        Optional<Trial> trial = trial(step);
        if (step.isFannedOut() || notAsked(step).isPresent() || trial.isEmpty()) {
            return new OfStep(step.name(), "it failed", wrong);
        }
        try {
            return make(step, trial.get()) instanceof Result.BrokeContract(String error)
                    ? new OfStep(step.name(), "not", with(wrong, "did not keep its contract: " + error))
                    : new OfStep(step.name(), "it failed", wrong);
        } catch (PawlException e) {
            return new OfStep(step.name(), "it could not be tried: " + e.text(), wrong);
        }
    }

    private Optional<Trial> trial(Step step) {
        return run.of(step).map(inputs -> new Trial(as, step.name(), inputs, within));
    }

    /** A failure is tried again as often as the step itself says. */
    private Result make(Step step, Trial trial) throws InterruptedException {
        Result result = trials.make(definition, trial);
        for (int more = 1; more < step.rules().retry().attempts() && result instanceof Result.Failed; more++) {
            result = trials.make(definition, trial);
        }
        return result;
    }

    private Stream<String> schemas(Step step) {
        return plan.tables(step).entrySet().stream()
                .flatMap(table -> run.gaveFirst(step, table.getKey()).stream()
                        .flatMap(digest -> new TableSchema(table.getKey(), table.getValue())
                                .wrong(trials.store().artifacts().text(digest)).stream()));
    }

    /** What the engine does not ask: a file, or a folder, with nothing in it. */
    private Stream<String> empty(Step step) {
        return step.outputs().entrySet().stream()
                .filter(output -> !output.getValue().list())
                .filter(output -> run.gaveFirst(step, output.getKey())
                        .filter(digest -> isEmpty(output.getValue().type(), digest))
                        .isPresent())
                .map(output -> "gave an empty '" + output.getKey() + "'");
    }

    private boolean isEmpty(OutputType type, Digest digest) {
        return switch (type) {
            case FILE -> trials.store().artifacts().beginning(digest, 1).length == 0;
            case FOLDER -> trials.store().artifacts().members(digest).isEmpty();
            case TABLE, MODEL, REPORT, RECORD, VALUE -> false; // the engine has looked
        };
    }

    private static List<String> with(List<String> wrong, String more) {
        return Stream.concat(wrong.stream(), Stream.of(more)).toList();
    }
}
