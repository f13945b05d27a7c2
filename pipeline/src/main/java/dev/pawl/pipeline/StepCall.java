package dev.pawl.pipeline;

import dev.pawl.kernel.Fact.Outcome;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What Pawl asks of one attempt, by the step contract (docs/reference/step-contract.md). */
final class StepCall {
    private static final int CONTRACT = 2;

    private StepCall() {}

    static Map<String, Object> of(
            Task task, SortedMap<String, String> inputs, SortedMap<String, String> outputs, Scratch folder) {
        Map<String, Object> call = new TreeMap<>();
        call.put("contract", CONTRACT);
        call.put("run", task.run().id());
        call.put("step", task.step().name());
        call.put("attempt", task.key().number());
        call.put("as_of", task.run().asOf().toString());
        call.put("parameters", task.step().parameters());
        call.put("inputs", inputs);
        call.put("outputs", outputs);
        call.put("metrics", folder.metrics().toString());
        call.put("work", folder.work().toString());
        if (task.key().step().isItem()) {
            call.put("item", task.key().step().item());
        }
        task.end().ifPresent(end -> call.put("outcome", outcome(end)));
        return call;
    }

    /** What succeeded needs no reason. */
    private static Map<String, String> outcome(RunMachine.End end) {
        String because = end.outcome() == Outcome.SUCCEEDED ? "" : end.because();
        return Map.of("state", end.outcome().name().toLowerCase(Locale.ROOT), "because", because);
    }
}
