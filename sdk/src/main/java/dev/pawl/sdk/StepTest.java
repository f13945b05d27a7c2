package dev.pawl.sdk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs one step as Pawl would: its inputs come from files, its parameters are checked, its output is written and can be read
 * back. For use in any test framework, or in none.
 *
 * <pre>{@code
 * StepResult result = StepTest.of(Births.class, "train")
 *         .input("features", Path.of("src/test/features.csv"))
 *         .param("eta", 0.1)
 *         .run();
 * result.output(Model.class);
 * result.metric("loss");
 * }</pre>
 *
 * Whatever is asked of it that the step does not have is an {@link IllegalArgumentException} that says what there is. Not safe
 * for use by several threads.
 */
public final class StepTest {
    private final StepMethod step;
    private final StepRunner.Pipelines pipelines;
    private final Map<String, Object> inputs = new LinkedHashMap<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private Optional<Outcome> outcome = Optional.empty();
    private Path folder = TestFolders.fresh();
    private int attempts;

    private StepTest(StepMethod step, StepRunner.Pipelines pipelines) {
        this.step = step;
        this.pipelines = pipelines;
    }

    /**
     * A step of a class that is made anew, as Pawl does.
     *
     * @throws IllegalArgumentException with all that is wrong with the step, or when there is none of that name
     */
    public static StepTest of(Class<?> pipeline, String step) {
        StepMethod method = load(pipeline, step);
        return new StepTest(method, method::newPipeline);
    }

    /**
     * A step of an object that the test has made, with a clock of its own for example.
     *
     * @throws IllegalArgumentException with all that is wrong with the step, or when there is none of that name
     */
    public static StepTest of(Object pipeline, String step) {
        return new StepTest(load(pipeline.getClass(), step), () -> pipeline);
    }

    private static StepMethod load(Class<?> pipeline, String step) {
        try {
            return MethodReader.step(pipeline, step);
        } catch (PipelineException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Gives an input or a source.
     *
     * @param name the parameter's
     * @param value what the step takes, a {@link List} of that for a list, or the {@link Path} of a file (a folder for a list)
     */
    public StepTest input(String name, Object value) {
        requireInput(name);
        inputs.put(name, value);
        return this;
    }

    void requireInput(String name) {
        requireOne(
                "input",
                name,
                Stream.concat(
                        step.inputs().stream().map(Argument.FromStep::name),
                        step.sources().stream().map(Argument.FromSource::name)));
    }

    /** Sets a parameter; those that are not set have their defaults. */
    public StepTest param(String name, Object value) {
        requireOne("@Param", name, step.settings().stream().map(Argument.Setting::name));
        parameters.put(name, value);
        return this;
    }

    /** @param name what the step calls it: the text in {@link Secret} */
    public StepTest secret(String name, String value) {
        requireOne("@Secret", name, step.secrets().stream().map(Argument.FromSecret::secret));
        secrets.put(name, value);
        return this;
    }

    /** How the run ended, for a step that always runs. */
    public StepTest outcome(Outcome ended) {
        outcome = Optional.of(ended);
        return this;
    }

    /** Where to keep files, such as a folder that the test framework deletes; by default one that is gone with the JVM. */
    public StepTest folder(Path place) {
        folder = place;
        return this;
    }

    /**
     * Runs the step once.
     *
     * @throws AssertionError when it fails, with what it threw as cause
     */
    public StepResult run() {
        TestCall call = call();
        StepEnd end = call.run(pipelines);
        end.failure().ifPresent(failure -> {
            throw new AssertionError(step.place() + " failed: " + failure.getMessage(), failure);
        });
        return new StepResult(step, call);
    }

    /**
     * Runs the step once and gives what it threw.
     *
     * @throws AssertionError when it succeeds
     */
    public Throwable runToFailure() {
        return call().run(pipelines).failure().orElseThrow(() -> new AssertionError(step.place() + " succeeded"));
    }

    /**
     * Runs the step twice and requires that it gives the same again, as Pawl's contract check does.
     *
     * @throws AssertionError when it fails, or with where its two outputs first differ
     */
    public StepResult runTwice() {
        StepResult first = run();
        run().differenceTo(first).ifPresent(difference -> {
            throw new AssertionError(step.place() + " gave another output from the same inputs (" + difference
                    + "): fix its seeds, leave clock and network out, or say cache = false of it");
        });
        return first;
    }

    String place() {
        return step.place();
    }

    String name() {
        return step.name();
    }

    Path folder() {
        return folder;
    }

    /** Of an input that was given. */
    Path inputFile(String input) {
        Object value = inputs.get(input);
        if (value == null) {
            throw new IllegalArgumentException(
                    step.place() + " was given no '" + input + "' that hostile tables could be made of");
        }
        Path file = fixture(input, folder).path(value);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(step.place() + ": '" + input + "' is no table, but a list or a folder");
        }
        return file;
    }

    /** Where an input may be written to. */
    Path inputPlace(String input) {
        return TestFolders.make(folder.resolve("inputs-" + (attempts + 1))).resolve(input + Kind.TABLE.ending());
    }

    /** With a file instead of what was given as an input. */
    TestCall callWith(String input, Path file) {
        Map<String, Object> others = new LinkedHashMap<>(inputs);
        others.put(input, file);
        return call(others);
    }

    StepEnd run(TestCall call) {
        return call.run(pipelines);
    }

    private TestCall call() {
        return call(inputs);
    }

    private TestCall call(Map<String, Object> given) {
        Path attempt = folder.resolve("attempt-" + ++attempts);
        Map<String, Path> files = new LinkedHashMap<>();
        given.forEach((name, value) -> files.put(name, fixture(name, attempt).path(value)));
        return new TestCall(step, attempt, files, parameters, step.secretValues(secrets), outcome);
    }

    private Fixture fixture(String name, Path attempt) {
        Path place = attempt.resolve("inputs");
        return step.inputs().stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .map(input -> Fixture.input(input, place))
                .orElseGet(() -> Fixture.source(name, place));
    }

    private void requireOne(String what, String name, Stream<String> known) {
        List<String> names = known.toList();
        if (!names.contains(name)) {
            throw new IllegalArgumentException(step.place() + " has no " + what + " '" + name + "'; it has " + names);
        }
    }
}
