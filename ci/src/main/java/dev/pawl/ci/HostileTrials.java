package dev.pawl.ci;

import static java.util.Objects.requireNonNull;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.pipeline.StepTrials.Result;
import dev.pawl.pipeline.StepTrials.Trial;
import dev.pawl.sdk.HostileCase;
import dev.pawl.sdk.HostileRules;
import dev.pawl.sdk.HostileTable;
import dev.pawl.sdk.MissingValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Feeds one step with hostile tables, by itself. */
final class HostileTrials {
    static final String TOO_LONG = "numeric-too-long";

    /** Changes when what is hostile, or what is right, does. */
    private static final int VERSION = 2;

    private final Trials trials;
    private final Definition definition;
    private final Step step;
    private final RunSpec as;
    private final SortedMap<String, Digest> inputs;
    private final int seed;
    private final long until;
    private final Optional<Predictions> predictions;

    /** @param predictions if it is the step that gives the project's model */
    HostileTrials(
            Trials trials,
            Definition definition,
            Step step,
            RunSpec as,
            SortedMap<String, Digest> inputs,
            int seed,
            long until,
            Optional<Predictions> predictions) {
        this.trials = trials;
        this.definition = definition;
        this.step = step;
        this.as = as;
        this.inputs = inputs;
        this.seed = seed;
        this.until = until;
        this.predictions = predictions;
    }

    NumericTrials.OfInput ofInput(String input) throws InterruptedException {
        Trial trial = trial();
        Digest key = Json.digest(Map.of(
                "hostile", VERSION,
                "trial", trials.steps().key(definition, trial),
                "input", input,
                "seed", seed,
                "held-out", predictions.map(asked -> asked.table().value()).orElse("")));
        KnownCases known = new KnownCases(trials.store());
        Optional<List<NumericTrials.Case>> earlier = known.find(key);
        List<NumericTrials.Case> cases = earlier.isPresent() ? earlier.get() : made(input);
        if (earlier.isEmpty()) {
            known.keep(key, cases);
        }
        return new NumericTrials.OfInput(Optional.of(step.name()), input, earlier.isPresent(), cases);
    }

    private Trial trial() {
        long left = until - trials.store().clock().nanos();
        if (left <= 0) {
            throw PawlException.limit(
                    TOO_LONG,
                    "hostile tables took longer than they may; name fewer steps, or raise ci.checks.numeric.within in"
                            + " pawl.yaml");
        }
        return new Trial(as, step.name(), inputs, Duration.ofNanos(left));
    }

    private List<NumericTrials.Case> made(String input) throws InterruptedException {
        String csv = HostileRules.firstRows(trials.store().artifacts().text(requireNonNull(inputs.get(input))));
        List<HostileCase> tables = table(input, csv).cases();
        HostileJudge judge = new HostileJudge(step, trials.store().artifacts());
        Result usual = make(input, csv);
        if (!(usual instanceof Result.Gave gave)) {
            throw PawlException.user(
                    "not-run",
                    "step '%s' failed on the first %d rows of '%s', as they are: %s"
                            .formatted(step.name(), HostileRules.MOST_ROWS, input, Told.result(usual)));
        }
        MissingValues before = GivenTables.missing(step, gave, trials.store().artifacts());
        List<NumericTrials.Case> cases = trials.each(
                tables,
                hostile -> new NumericTrials.Case(
                        hostile.kind(), hostile.words(), bearing(input, hostile, before, judge)));
        return new Shrinking(trials.store().artifacts(), smaller -> bearingOfPart(input, smaller, judge))
                .of(tables, cases);
    }

    private HostileTable table(String input, String csv) {
        try {
            return HostileTable.of(csv, seed);
        } catch (IllegalArgumentException e) {
            throw PawlException.user(
                    "no-table",
                    "nothing hostile can be made of '%s' of step '%s': %s"
                            .formatted(input, step.name(), e.getMessage()));
        }
    }

    private Bearing bearing(String input, HostileCase hostile, MissingValues before, HostileJudge judge)
            throws InterruptedException {
        Result result = make(input, hostile.csv());
        Bearing bearing = judge.bearing(hostile.kind(), result, before);
        return bearing instanceof Bearing.Gave && result instanceof Result.Gave gave && predictions.isPresent()
                ? predictions.get().ofGiven(model(gave))
                : bearing;
    }

    private Digest model(Result.Gave gave) {
        return step.outputs().entrySet().stream()
                .filter(output -> output.getValue().type() == OutputType.MODEL)
                .map(output -> requireNonNull(gave.outputs().get(output.getKey())))
                .findFirst()
                .orElseThrow();
    }

    /** With fewer rows values may be missing that are not with all: the same rows as they were tell. */
    private Bearing bearingOfPart(String input, HostileCase part, HostileJudge judge) throws InterruptedException {
        MissingValues before = MissingValues.UNKNOWN;
        if (!part.kind().mayLoseValues()) {
            Result usual = make(input, part.asItWas());
            before = usual instanceof Result.Gave gave
                    ? GivenTables.missing(step, gave, trials.store().artifacts())
                    : MissingValues.UNKNOWN;
        }
        return bearing(input, part, before, judge);
    }

    private Result make(String input, String csv) throws InterruptedException {
        Digest content = trials.store().artifacts().putText(csv);
        return trials.make(definition, trial().with(input, content));
    }
}
