package dev.pawl.ci;

import static java.util.Objects.requireNonNull;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.OutputType;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.pipeline.StepTrials.Result;
import dev.pawl.pipeline.StepTrials.Trial;
import dev.pawl.sdk.HostileCase;
import dev.pawl.sdk.HostileKind;
import dev.pawl.sdk.HostileRules;
import dev.pawl.sdk.HostileTable;
import dev.pawl.sdk.MissingValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Feeds one step with hostile data, by itself. */
final class HostileTrials {
    static final String TOO_LONG = "numeric-too-long";

    /** Changes when what is hostile, or what is right, does. */
    private static final int VERSION = 3;

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

    NumericTrials.OfInput ofInput(String input, HostileForm form) throws InterruptedException {
        Trial trial = trial();
        Digest key = Json.digest(Map.of(
                "hostile", VERSION,
                "trial", trials.steps().key(definition, trial),
                "input", input,
                "seed", seed,
                "held-out",
                        predictions
                                .<Object>map(asked ->
                                        List.of(asked.table(), asked.plan().holdout()))
                                .orElse("")));
        KnownCases known = new KnownCases(trials.store());
        Optional<List<NumericTrials.Case>> earlier = known.find(key);
        List<NumericTrials.Case> cases = earlier.isPresent() ? earlier.get() : made(new Place(input, form));
        if (earlier.isEmpty()) {
            known.keep(key, cases);
        }
        return new NumericTrials.OfInput(Optional.of(step.name()), input, earlier.isPresent(), cases);
    }

    private Trial trial() {
        return new Trial(as, step.name(), inputs, left(trials.store().clock(), until));
    }

    /** @throws PawlException if no time is left */
    static Duration left(Clock clock, long until) {
        long left = until - clock.nanos();
        if (left <= 0) {
            throw PawlException.limit(
                    TOO_LONG,
                    "trials with hostile data took longer than they may; name fewer steps, or raise"
                            + " ci.checks.numeric.within in pawl.yaml");
        }
        return Duration.ofNanos(left);
    }

    /** Where hostile data stand. */
    private record Place(String input, HostileForm form) {}

    private List<NumericTrials.Case> made(Place place) throws InterruptedException {
        String original = place.form().original(trials.store().artifacts(), requireNonNull(inputs.get(place.input())));
        HostileJudge judge = new HostileJudge(step, trials.store().artifacts());
        return switch (place.form()) {
            case TABLE, FIRST_TABLE -> tables(place, HostileRules.firstRows(original), judge);
            case JSON -> {
                MissingValues before = usual(place, original, "with '%s' as it is".formatted(place.input()));
                yield trials.each(
                        HostileJson.of(original),
                        hostile -> new NumericTrials.Case(
                                hostile.kind(),
                                hostile.words(),
                                bearing(place, hostile.kind(), hostile.json(), before, judge)));
            }
        };
    }

    private MissingValues usual(Place place, String content, String what) throws InterruptedException {
        Result usual = make(place, content);
        if (usual instanceof Result.Gave gave) {
            return GivenTables.missing(step, gave, trials.store().artifacts());
        }
        throw PawlException.user("not-run", "step '%s' failed %s: %s".formatted(step.name(), what, Told.result(usual)));
    }

    private List<NumericTrials.Case> tables(Place place, String csv, HostileJudge judge) throws InterruptedException {
        List<HostileCase> tables = table(place.input(), csv).cases();
        MissingValues before = usual(
                place,
                csv,
                "on the first %d rows of '%s', as they are".formatted(HostileRules.MOST_ROWS, place.input()));
        List<NumericTrials.Case> cases = trials.each(
                tables,
                hostile -> new NumericTrials.Case(
                        hostile.kind(), hostile.words(), bearing(place, hostile.kind(), hostile.csv(), before, judge)));
        return new Shrinking(trials.store().artifacts(), smaller -> bearingOfPart(place, smaller, judge))
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

    private Bearing bearing(Place place, HostileKind kind, String content, MissingValues before, HostileJudge judge)
            throws InterruptedException {
        Result result = make(place, content);
        Bearing bearing = judge.bearing(kind, result, before);
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
    private Bearing bearingOfPart(Place place, HostileCase part, HostileJudge judge) throws InterruptedException {
        MissingValues before = MissingValues.UNKNOWN;
        if (!part.kind().mayLoseValues()) {
            Result usual = make(place, part.asItWas());
            before = usual instanceof Result.Gave gave
                    ? GivenTables.missing(step, gave, trials.store().artifacts())
                    : MissingValues.UNKNOWN;
        }
        return bearing(place, part.kind(), part.csv(), before, judge);
    }

    private Result make(Place place, String content) throws InterruptedException {
        Digest read = requireNonNull(inputs.get(place.input()));
        Digest other = place.form().replaced(trials.store().artifacts(), read, content);
        return trials.make(definition, trial().with(place.input(), other));
    }
}
