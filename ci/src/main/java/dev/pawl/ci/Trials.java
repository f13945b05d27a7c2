package dev.pawl.ci;

import dev.pawl.definition.Definition;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Runs;
import dev.pawl.pipeline.StepTrials;
import dev.pawl.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What it takes to try steps and models by themselves.
 *
 * @param parallel how many trials at a time
 */
record Trials(Store store, Definitions definitions, Runs runs, StepTrials steps, ModelTrials models, int parallel) {

    StepTrials.Result make(Definition definition, StepTrials.Trial trial) throws InterruptedException {
        return steps.make(definition, trial);
    }

    StepTrials.Result observe(Definition definition, StepTrials.Trial trial) throws InterruptedException {
        return steps.observe(definition, trial);
    }

    Definition definition(CiRun run) {
        return definitions.get(run.definition().orElseThrow());
    }

    /** One trial. */
    interface Trial<T, R> {
        R make(T subject) throws InterruptedException;
    }

    /** Makes a trial of each, some at a time; the results are in the order of the subjects. */
    <T, R> List<R> each(List<T> subjects, Trial<T, R> trial) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(
                parallel, Thread.ofVirtual().name("trial-", 0).factory());
        try {
            List<Future<R>> made = new ArrayList<>();
            subjects.forEach(subject -> made.add(threads.submit(() -> trial.make(subject))));
            List<R> results = new ArrayList<>();
            for (Future<R> each : made) {
                results.add(result(each));
            }
            return results;
        } finally {
            threads.shutdownNow();
            threads.close();
        }
    }

    private static <R> R result(Future<R> made) throws InterruptedException {
        try {
            return made.get();
        } catch (ExecutionException e) {
            throw WhileWanted.thrown(e);
        }
    }
}
