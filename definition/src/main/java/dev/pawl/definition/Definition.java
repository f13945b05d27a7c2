package dev.pawl.definition;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A project as Pawl runs it: pawl.yaml and, for Java, the pipeline class, checked and compiled into one immutable value. The
 * digest of its canonical JSON is the version of the pipeline. Every reference in it resolves and its steps have no cycle.
 *
 * @param steps each after all the steps it reads from
 * @param data the sources of data by name
 * @param environments in the order of pawl.yaml: the last one is production
 */
public record Definition(
        ProjectName project,
        List<Step> steps,
        SortedMap<String, DataSource> data,
        CiPlan ci,
        List<Environment> environments,
        List<TriggerRule> triggers,
        Optional<ModelPlan> model,
        Optional<MonitorPlan> monitor) {

    public Digest digest() {
        return Json.digest(this);
    }

    public Step step(StepName name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow(() -> PawlException.notFound(
                        "no-step",
                        "Project " + project + " has no step '" + name + "'; it has "
                                + steps.stream().map(Step::name).toList()));
    }

    public Environment environment(EnvironmentName name) {
        return environments.stream()
                .filter(environment -> environment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> PawlException.notFound(
                        "no-environment",
                        "Project " + project + " has no environment '" + name + "'; pawl.yaml has "
                                + environments.stream().map(Environment::name).toList()));
    }

    /** The name under which an environment's model is registered and served: the plain one only in production. */
    public Optional<ModelName> modelName(EnvironmentName environment) {
        boolean production = environments.getLast().name().equals(environment);
        return model.map(plan -> production ? plan.name() : new ModelName(plan.name() + "-" + environment));
    }

    /**
     * A step: what to run, on what, with what, giving what.
     *
     * @param inputs where each input comes from, by the name the step knows it by
     * @param parameters JSON scalars by name
     * @param outputs what the step must produce, by name; a Java step has one, named like itself
     * @param timeout of one attempt
     * @param attempts how often it is tried at the most
     */
    public record Step(
            StepName name,
            Command command,
            SortedMap<String, Input> inputs,
            SortedMap<String, Object> parameters,
            SortedMap<String, OutputType> outputs,
            Duration timeout,
            int attempts,
            boolean cache) {}

    /** What a step runs. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    public sealed interface Command {}

    /** A method of the pipeline class, in a JVM of its own. */
    public record JavaMethod(String className) implements Command {}

    /** Any command, by {@code sh -c}, in a process of its own. */
    public record Shell(String run, SortedMap<String, String> environment) implements Command {}

    /** Where an input comes from. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    public sealed interface Input {}

    public record FromStep(StepName step, String output) implements Input {}

    public record FromData(String source) implements Input {}

    /** What kind of thing an output is; its file has this ending. */
    public enum OutputType {
        TABLE(".csv"),
        MODEL(".onnx"),
        REPORT(".json"),
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

    /**
     * How CI builds and checks.
     *
     * @param build the build command, by {@code sh -c}, if there is something to build
     * @param packaged files and folders, relative to the repository, that a run needs besides pawl.yaml and relative data;
     *     jars among them, also within folders, are the class path of a Java pipeline
     * @param unit the tests, if declared
     * @param integration the whole pipeline on a sample, if declared
     */
    public record CiPlan(
            Optional<String> build,
            Duration buildTimeout,
            List<String> packaged,
            Optional<UnitCheck> unit,
            Optional<IntegrationCheck> integration) {}

    /** @param reports a folder of JUnit XML files, relative to the repository */
    public record UnitCheck(String run, String reports, Duration within) {}

    /** @param sample how many rows of each source, from its start */
    public record IntegrationCheck(int sample, Duration within) {}

    /**
     * @param branch whose packages it takes, if any
     * @param requires what its machine must offer, checked before every deployment
     */
    public record Environment(
            EnvironmentName name, Optional<String> branch, DeployMode deploy, Requirements requires) {}

    public enum DeployMode {
        AUTOMATIC,
        MANUAL
    }

    /**
     * @param java the lowest feature version of Java; 0 = any
     * @param memoryBytes 0 = any
     * @param commands that must be found on the PATH
     */
    public record Requirements(int java, long memoryBytes, List<String> commands) {}

    /** What starts a run of the deployed pipeline by itself. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
    public sealed interface TriggerRule {
        /** No second automatic run for this long in event time. */
        Duration cooldown();
    }

    /** @param cron five fields, UTC */
    public record OnSchedule(String cron, Duration cooldown) implements TriggerRule {}

    public record OnNewData(String source, int atLeastRows, Duration cooldown) implements TriggerRule {}

    public record OnDecay(Duration cooldown) implements TriggerRule {}

    /**
     * The model that a production run gives, and what it takes to go live.
     *
     * @param from the step (and its only model output) that gives the ONNX file
     */
    public record ModelPlan(
            ModelName name, StepName from, Holdout holdout, QualityGate quality, Optional<LoadGate> load) {}

    /**
     * Rows the model has not seen in training.
     *
     * @param table the step whose table it is
     * @param label the column with the truth
     * @param time the column with the event time
     */
    public record Holdout(StepName table, String label, String time) {}

    /** @param max the highest allowed value by metric (mape, mae, rmse); ratios, not percent */
    public record QualityGate(SortedMap<String, Double> max, boolean betterThanChampion) {}

    /** @param p99 the longest allowed 99th percentile of the answer time at the given rate */
    public record LoadGate(int ratePerSecond, Duration p99, Duration lasting) {}

    /**
     * What is watched in production.
     *
     * @param metric mape, mae or rmse
     * @param labelDelay how long after a prediction's event time its label is due
     * @param window of event time, one after the other
     * @param falseAlarmEvery the budget: one false alarm in this time of event time
     */
    public record MonitorPlan(String metric, Duration labelDelay, Duration window, Duration falseAlarmEvery) {

        /** The chance of a false alarm that one window may have. */
        public double alphaPerWindow() {
            return (double) window.toMillis() / falseAlarmEvery.toMillis();
        }
    }

    /** All inputs of one kind. */
    public static List<FromStep> stepInputs(Map<String, Input> inputs) {
        return inputs.values().stream()
                .filter(FromStep.class::isInstance)
                .map(FromStep.class::cast)
                .toList();
    }
}
