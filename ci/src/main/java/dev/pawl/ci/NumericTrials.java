package dev.pawl.ci;

import dev.pawl.definition.CiPlan.NumericCheck;
import dev.pawl.definition.Definition;
import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.StepName;
import dev.pawl.pipeline.RunQueue.RunSpec;
import dev.pawl.sdk.HostileKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Feeds steps with hostile tables in place of those that they read in the integration run. */
final class NumericTrials {
    private final Trials trials;
    private final Definition definition;
    private final NumericCheck plan;
    private final RunSpec as;
    private final RecordedRun run;

    NumericTrials(Trials trials, Definition definition, NumericCheck plan, RunSpec as) {
        this.trials = trials;
        this.definition = definition;
        this.plan = plan;
        this.as = as;
        this.run = RecordedRun.of(trials.store().artifacts(), definition, trials.runs(), as.id());
    }

    /**
     * What came of one hostile table.
     *
     * @param words what is hostile in it
     */
    record Case(HostileKind kind, String words, Bearing bearing) {}

    /**
     * What came of all that an input was replaced with.
     *
     * @param step whose input it is; none, where the model of the run was asked
     */
    record OfInput(Optional<StepName> step, String input, boolean known, List<Case> cases) {
        private List<String> wrong() {
            return cases.stream()
                    .flatMap(one -> one.bearing() instanceof Bearing.Failed failed
                            ? Stream.of("%s: %s%s".formatted(asked(one), failed.why(), table(failed)))
                            : Stream.empty())
                    .toList();
        }

        private String asked(Case one) {
            return step.map(name -> "step '%s' with %s of '%s'".formatted(name, one.words(), input))
                    .orElseGet(() -> "the model, asked with %s".formatted(one.words()));
        }

        private static String table(Bearing.Failed failed) {
            return failed.table().map(digest -> " (the table: " + digest + ")").orElse("");
        }
    }

    Finding examine() throws InterruptedException {
        long until = trials.store().clock().nanos() + plan.within().toNanos();
        Optional<Predictions> predictions = definition.model().map(model -> new Predictions(trials, model, run, until));
        try {
            return examine(predictions, until);
        } finally {
            predictions.ifPresent(Predictions::close);
        }
    }

    private Finding examine(Optional<Predictions> predictions, long until) throws InterruptedException {
        List<OfInput> inputs = new ArrayList<>();
        try {
            for (StepName name : plan.steps()) {
                inputs.addAll(ofStep(definition.step(name), until, predictions));
            }
            if (predictions.isPresent()) {
                inputs.add(new HostileModel(trials, predictions.get(), plan.seed()).examine());
            }
        } catch (PawlException e) {
            if (e.code().equals(HostileTrials.TOO_LONG)) {
                return Finding.failed(e.text()).with(evidence(inputs));
            }
            throw e;
        }
        List<String> wrong =
                inputs.stream().flatMap(input -> input.wrong().stream()).toList();
        return wrong.isEmpty()
                ? Finding.passed(summary(inputs)).with(evidence(inputs))
                : Finding.failed(String.join("\n", wrong)).with(evidence(inputs));
    }

    private List<OfInput> ofStep(Step step, long until, Optional<Predictions> predictions) throws InterruptedException {
        Optional<SortedMap<String, Digest>> inputs = run.of(step);
        if (inputs.isEmpty()) {
            throw PawlException.user(
                    "not-run",
                    "step '" + step.name()
                            + "' did not run in the integration run, so there is nothing to make hostile;"
                            + " choose a sample on which it runs");
        }
        Optional<Predictions> ofModel =
                predictions.filter(asked -> asked.plan().from().equals(step.name()));
        List<OfInput> all = new ArrayList<>();
        for (var input : step.inputs().entrySet()) {
            Digest read = inputs.get().get(input.getKey());
            Optional<HostileForm> form = run.hostile(input.getValue());
            if (read != null && form.isPresent() && form.get().isThere(run.artifacts(), read)) {
                all.add(new HostileTrials(trials, definition, step, as, inputs.get(), plan.seed(), until, ofModel)
                        .ofInput(input.getKey(), form.get()));
            }
        }
        return all;
    }

    private Map<String, Object> evidence(List<OfInput> inputs) {
        return Map.of("seed", plan.seed(), "inputs", inputs);
    }

    private static String summary(List<OfInput> inputs) {
        List<Case> cases =
                inputs.stream().flatMap(input -> input.cases().stream()).toList();
        long refused = cases.stream()
                .filter(one -> one.bearing() instanceof Bearing.Refused)
                .count();
        long known = inputs.stream().filter(OfInput::known).count();
        return String.format(
                Locale.ROOT,
                "%d trials with hostile data: %d gave finite results, %d were refused%s",
                cases.size(),
                cases.size() - refused,
                refused,
                known == 0 ? "" : "; %d of %d inputs known from before".formatted(known, inputs.size()));
    }
}
