package dev.pawl.definition;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A project as Pawl runs it: pawl.yaml and, for Java, the pipeline class, checked and compiled into one immutable value. The
 * digest of its canonical JSON is the version of the pipeline. Every reference in it resolves and its steps have no cycle.
 *
 * @param steps each after all the steps it reads from
 * @param rules for runs as a whole
 * @param environments in the order of pawl.yaml: the last one is production
 * @param sweeps searches for good parameters, by name; a run by itself does none
 */
public record Definition(
        ProjectName project,
        List<Step> steps,
        RunRules rules,
        SortedMap<String, DataSource> data,
        CiPlan ci,
        List<Environment> environments,
        List<TriggerRule> triggers,
        Optional<ModelPlan> model,
        Optional<MonitorPlan> monitor,
        SortedMap<String, Sweep> sweeps) {

    public Digest digest() {
        return Json.digest(this);
    }

    public Step step(StepName name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Absent.step(this, name));
    }

    public Environment environment(EnvironmentName name) {
        return environments.stream()
                .filter(environment -> environment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Absent.environment(this, name));
    }

    /** The name under which an environment's model is registered and served: the plain one only in production. */
    public Optional<ModelName> modelName(EnvironmentName environment) {
        boolean production = environments.getLast().name().equals(environment);
        return model.map(plan -> production ? plan.name() : new ModelName(plan.name() + "-" + environment));
    }

    /**
     * The same with other values of parameters, each as the pipeline class says or of the type that the one here has.
     *
     * @param declared what the class says, if there is one
     * @param given numbers, truth values or text (which is read as what is needed) by {@code STEP.PARAMETER}, or by
     *     {@code PARAMETER} where one step alone has it
     * @throws dev.pawl.kernel.PawlException {@code bad-parameter} with all that is wrong, one in a line
     */
    public Definition withParameters(Map<String, ?> given, DeclaredParameters declared) {
        return new GivenParameters(this, declared).with(given);
    }

    /** The same where the class is not at hand: bounds are not known then, and the step itself checks them. */
    public Definition withParameters(Map<String, ?> given) {
        return withParameters(given, DeclaredParameters.NONE);
    }

    /**
     * Some steps and all that they read from, near and far. Without the model's steps there is no model and nothing to watch;
     * sweeps stay if all their steps do. There is a {@code no-step} error for a name that no step has.
     */
    public Definition only(Collection<StepName> wanted) {
        return new Excerpt(this).only(wanted);
    }

    /** A step and all that it reads from, in the same way. */
    public Definition only(StepName step) {
        return only(List.of(step));
    }

    /** The inputs that come from other steps. */
    public static List<FromStep> stepInputs(Map<String, Input> inputs) {
        return inputs.values().stream()
                .filter(FromStep.class::isInstance)
                .map(FromStep.class::cast)
                .toList();
    }

    /**
     * How runs of the pipeline are treated beside those of others.
     *
     * @param concurrency how many of its steps run at the same time on one server at the most, over all its runs; 0 = no limit
     * @param priority runs with a higher one come first; 0 is usual
     */
    public record RunRules(int concurrency, int priority) {
        public static final RunRules USUAL = new RunRules(0, 0);
    }

    /**
     * A step: what to run, on what, with what, giving what.
     *
     * @param inputs where each input comes from, by the name the step knows it by
     * @param parameters JSON scalars by name
     * @param outputs what the step must produce, by name; a Java step has one at the most, named like its method
     */
    public record Step(
            StepName name,
            Command command,
            SortedMap<String, Input> inputs,
            SortedMap<String, Object> parameters,
            SortedMap<String, Output> outputs,
            StepRules rules) {

        /** Whether it runs once for each element of its inputs that are taken so; each of its outputs is a list then. */
        @JsonIgnore
        public boolean isFannedOut() {
            return stepInputs(inputs).stream().anyMatch(FromStep::each);
        }

        /** Whether this output is a list: by itself, or because the step gives one for each element. */
        public boolean givesList(String output) {
            return isFannedOut()
                    || Optional.ofNullable(outputs.get(output)).stream().anyMatch(Output::list);
        }
    }

    /**
     * How a step is run, whatever it does.
     *
     * @param when an {@link dev.pawl.kernel.Expression} over the step's parameters and what its reports, records and values hold;
     *     where it is not true the step is skipped
     * @param always whether it runs at the end of the run, however that ended; it reads no other step's outputs
     * @param timeout of one attempt
     * @param cache whether an earlier result of the very same is used again; off for what reads the outside world
     * @param pool whose places on a server it takes; {@link #DEFAULT_POOL} if pawl.yaml says nothing
     * @param secrets the secret's name by the name of the variable (or Java parameter) that gets its value
     */
    public record StepRules(
            Optional<String> when,
            boolean always,
            Retry retry,
            Duration timeout,
            boolean cache,
            Resources resources,
            String pool,
            SortedMap<String, String> secrets,
            List<String> tags) {
        public static final String DEFAULT_POOL = "default";

        /** What holds where pawl.yaml and the class say nothing. */
        public static StepRules usual() {
            return new StepRules(
                    Optional.empty(),
                    false,
                    Retry.NEVER,
                    Duration.ofHours(1),
                    true,
                    Resources.UNLIMITED,
                    DEFAULT_POOL,
                    new TreeMap<>(),
                    List.of());
        }
    }

    /**
     * When a step whose own doing failed is tried again. What the platform broke (a server that died, a full disk) is tried again
     * whatever this says.
     *
     * @param attempts how often it is tried at the most
     * @param backoff the pause before the second attempt
     * @param factor by which each pause is longer than the one before
     * @param longest no pause is longer
     * @param on which failures; all of them when empty
     */
    public record Retry(int attempts, Duration backoff, double factor, Duration longest, List<RetryOn> on) {
        public static final Retry NEVER = new Retry(1, Duration.ofMillis(500), 2, Duration.ofSeconds(32), List.of());

        /** @param failures how many attempts have failed so far, at least 1 */
        public Duration pause(int failures) {
            double millis = backoff.toMillis() * Math.pow(factor, failures - 1);
            return Duration.ofMillis((long) Math.min(millis, (double) longest.toMillis()));
        }
    }

    /** A kind of failure that a retry is meant for. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    public sealed interface RetryOn {}

    public record OnTimeout() implements RetryOn {}

    /** The process ended with this exit code. */
    public record OnExit(int code) implements RetryOn {}

    /** A Java step threw this exception or one of its kind; the full name of the class. */
    public record OnException(String className) implements RetryOn {}

    /**
     * What one attempt may take; 0 bytes of memory = no limit of its own.
     *
     * @param cpus for containers and for the number of places taken in the pool; at least 1
     * @param accelerators GPUs and the like that a container gets, and that the machine must have
     * @param cpuTime of all its processes' work; none if empty
     */
    public record Resources(long memoryBytes, int cpus, int accelerators, Optional<Duration> cpuTime) {
        public static final Resources UNLIMITED = new Resources(0, 1, 0, Optional.empty());
    }

    /** What a step runs. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    public sealed interface Command {}

    /** A method of the pipeline class, in a JVM that Pawl keeps warm for the package. */
    public record JavaMethod(String className, String method) implements Command {}

    /**
     * Any command, by {@code sh -c}, in a process of its own.
     *
     * @param files what of the package its code is, by paths and globs; all but pawl.yaml and the sources of data if empty
     * @param python a requirements or lock file of the package; the command finds an environment made of it first on its path
     * @param container the image that it runs in, if any
     */
    public record Shell(
            String run,
            List<String> files,
            SortedMap<String, String> environment,
            Optional<String> python,
            Optional<Container> container)
            implements Command {}

    /** @param image with a digest: {@code name@sha256:...} */
    public record Container(String image, boolean network) {}

    /** Where an input comes from. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    public sealed interface Input {}

    /**
     * @param each whether the step runs once for each element of the list that the output is
     * @param optional whether the step also runs where the other one was skipped; the input is not there then
     */
    public record FromStep(StepName step, String output, boolean each, boolean optional) implements Input {
        public FromStep(StepName step, String output) {
            this(step, output, false, false);
        }
    }

    public record FromData(String source) implements Input {}

    /** @param list a folder of any number of such things, in the order of their names */
    public record Output(OutputType type, boolean list) {
        public static Output one(OutputType type) {
            return new Output(type, false);
        }
    }

    /** What kind of thing an output is; its file has this ending. */
    public enum OutputType {
        TABLE(".csv"),
        MODEL(".onnx"),
        REPORT(".json"),
        /** A JSON object of any depth. */
        RECORD(".json"),
        /** A JSON number, text or truth value. */
        VALUE(".json"),
        FILE(""),
        FOLDER("");

        private final String ending;

        OutputType(String ending) {
            this.ending = ending;
        }

        public String ending() {
            return ending;
        }
    }

    /**
     * A CSV file of data, seen as it was known at a moment: rows whose time plus the delay is not after it.
     *
     * @param path relative to the repository (then it is part of the package), or absolute on the server
     * @param time the column that holds a row's event time (a date or an instant); without one every row is always known
     * @param delay how long after its event time a row becomes known
     */
    public record DataSource(String path, Optional<String> time, Duration delay) {}
}
