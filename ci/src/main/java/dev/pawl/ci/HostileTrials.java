package dev.pawl.ci;

import static java.util.Objects.requireNonNull;

import dev.pawl.definition.Definition;
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
import dev.pawl.sdk.SmallestCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.IntStream;

/** Feeds one step with hostile tables, by itself. */
final class HostileTrials {
    static final String TOO_LONG = "numeric-too-long";

    /** Changes when what is hostile, or what is right, does. */
    private static final int VERSION = 1;

    private final Trials trials;
    private final Definition definition;
    private final Step step;
    private final RunSpec as;
    private final SortedMap<String, Digest> inputs;
    private final int seed;
    private final long until;
    private final TrialStore rows = new TrialStore();

    HostileTrials(
            Trials trials,
            Definition definition,
            Step step,
            RunSpec as,
            SortedMap<String, Digest> inputs,
            int seed,
            long until) {
        this.trials = trials;
        this.definition = definition;
        this.step = step;
        this.as = as;
        this.inputs = inputs;
        this.seed = seed;
        this.until = until;
    }

    /** What is kept of the trials with one input. */
    record Known(List<NumericTrials.Case> cases) {}

    NumericTrials.OfInput ofInput(String input) throws InterruptedException {
        Trial trial = trial();
        Digest key = Json.digest(Map.of(
                "hostile", VERSION, "trial", trials.steps().key(definition, trial), "input", input, "seed", seed));
        Optional<Known> known =
                trials.store().database().read(tx -> rows.find(tx, key)).map(text -> Json.read(text, Known.class));
        if (known.isPresent()) {
            return new NumericTrials.OfInput(
                    step.name(), input, true, known.get().cases());
        }
        List<NumericTrials.Case> cases = made(input);
        if (cases.stream().noneMatch(one -> one.bearing() instanceof Bearing.Failed)) {
            trials.store()
                    .database()
                    .change(tx -> rows.keep(
                            tx, key, new Known(cases), trials.store().clock().now()));
        }
        return new NumericTrials.OfInput(step.name(), input, false, cases);
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
        return shrunk(input, tables, cases, judge);
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
        return judge.bearing(hostile.kind(), make(input, hostile.csv()), before);
    }

    /** The first failures once more, each with the smallest table that fails. */
    private List<NumericTrials.Case> shrunk(
            String input, List<HostileCase> tables, List<NumericTrials.Case> cases, HostileJudge judge)
            throws InterruptedException {
        List<NumericTrials.Case> all = new ArrayList<>(cases);
        List<Integer> failed = IntStream.range(0, cases.size())
                .filter(i -> cases.get(i).bearing() instanceof Bearing.Failed)
                .limit(HostileRules.MOST_SHRUNK)
                .boxed()
                .toList();
        for (int i : failed) {
            HostileCase smallest = SmallestCase.of(
                    tables.get(i),
                    HostileRules.MOST_TO_SHRINK,
                    smaller -> bearingOfPart(input, smaller, judge) instanceof Bearing.Failed);
            if (bearingOfPart(input, smallest, judge) instanceof Bearing.Failed again) {
                Digest kept = trials.store().artifacts().putText(smallest.csv());
                all.set(
                        i,
                        new NumericTrials.Case(
                                smallest.kind(), smallest.words(), new Bearing.Failed(again.why(), Optional.of(kept))));
            }
        }
        return List.copyOf(all);
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
