package dev.pawl.sdk;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a whole pipeline in this process, step after step, as Pawl would: conditions, fan-out, nested pipelines, retries (without
 * waiting), steps that always run. Every step reads files that the ones before it wrote. For use in any test framework, or in
 * none.
 *
 * <pre>{@code
 * TestRun run = PipelineTest.of(Births.class)
 *         .source("births", Path.of("data/births.csv"))
 *         .sample(900)
 *         .param("train.eta", 0.1)
 *         .run();
 * run.output("train", Model.class);
 * run.metric("evaluate.mape");
 * }</pre>
 *
 * Not done here: time limits, memory limits, the cache. Not safe for use by several threads.
 */
public final class PipelineTest {
    private final PipelineClass pipeline;
    private final TestObjects objects;
    private final Map<String, Object> sources = new LinkedHashMap<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Map<String, TestFailures> failures = new LinkedHashMap<>();
    private SettableClock clock = SettableClock.at(Instant.parse("2000-01-01T00:00:00Z"));
    private Optional<Integer> sample = Optional.empty();
    private Path folder = TestFolders.fresh();
    private int runs;

    private PipelineTest(PipelineClass pipeline, TestObjects objects) {
        this.pipeline = pipeline;
        this.objects = objects;
    }

    /**
     * A pipeline whose class is made anew for every step, as Pawl does.
     *
     * @throws IllegalArgumentException with all that is wrong with the class
     */
    public static PipelineTest of(Class<?> pipeline) {
        return new PipelineTest(load(pipeline), new TestObjects(Optional.empty()));
    }

    /**
     * A pipeline whose object the test has made, with a {@link SettableClock} of its own for example. Steps of nested pipelines are
     * called on what its fields hold.
     *
     * @throws IllegalArgumentException with all that is wrong with the class
     */
    public static PipelineTest of(Object pipeline) {
        return new PipelineTest(load(pipeline.getClass()), new TestObjects(Optional.of(pipeline)));
    }

    private static PipelineClass load(Class<?> type) {
        try {
            return PipelineClass.of(type);
        } catch (PipelineException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Gives a source of data, named as in {@link Source}. */
    public PipelineTest source(String name, Path csv) {
        sources.put(name, csv);
        return this;
    }

    /** Gives a source of data, named as in {@link Source}. */
    public PipelineTest source(String name, Table table) {
        sources.put(name, table);
        return this;
    }

    /** Cuts every source, which must be a table, to so many rows from its start. */
    public PipelineTest sample(int rows) {
        sample = Optional.of(rows);
        return this;
    }

    /** @param name step and parameter, such as {@code train.eta}; those that are not set have their defaults */
    public PipelineTest param(String name, Object value) {
        parameters.put(name, value);
        return this;
    }

    /** @param name as in {@link Secret} */
    public PipelineTest secret(String name, String value) {
        secrets.put(name, value);
        return this;
    }

    /** The clock that is moved by the pauses between attempts. */
    public PipelineTest clock(SettableClock settable) {
        clock = settable;
        return this;
    }

    /**
     * Lets the first attempts of a step (in a fan-out, of each element) fail without running it.
     *
     * @param times how many
     * @param failure what the step seems to throw; a {@link java.util.concurrent.TimeoutException} stands for an attempt that took
     *     too long
     */
    public PipelineTest failing(String step, int times, Throwable failure) {
        failures.put(step, new TestFailures(times, failure));
        return this;
    }

    /** Where to keep files, such as a folder that the test framework deletes; by default one that is gone with the JVM. */
    public PipelineTest folder(Path place) {
        folder = place;
        return this;
    }

    /**
     * Runs the pipeline.
     *
     * @throws AssertionError when a step fails for good, with what it threw as cause
     * @throws IllegalArgumentException with all that was given wrongly or is missing
     */
    public TestRun run() {
        TestRun run = runAnyway();
        run.failure().ifPresent(failure -> {
            throw new AssertionError(failure.getMessage(), failure.getCause());
        });
        return run;
    }

    /**
     * Runs a pipeline of which a step fails for good.
     *
     * @throws AssertionError when the run succeeds
     * @throws IllegalArgumentException with all that was given wrongly or is missing
     */
    public TestRun runToFailure() {
        TestRun run = runAnyway();
        if (run.failure().isEmpty()) {
            throw new AssertionError("The run of " + pipeline.type().getName() + " succeeded");
        }
        return run;
    }

    private TestRun runAnyway() {
        Path place = folder.resolve("run-" + ++runs);
        TestSetup setup = new TestSetup(pipeline, sources, parameters, secrets, failures);
        setup.check();
        TestData data = TestData.prepare(sources, sample, place.resolve("data"));
        return new TestEngine(setup, objects, data, clock, place).run();
    }
}
