package dev.pawl.definition;

import dev.pawl.definition.Definition.Step;
import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How CI builds and checks.
 *
 * @param build the build command, by {@code sh -c}, if there is something to build
 * @param commands in what the build and the tests run
 * @param packaged files and folders, relative to the repository, that a run needs besides pawl.yaml and relative data; jars among
 *     them, also within folders, are the class path of a Java pipeline; what steps' Python environments are made of is among them
 * @param unit the tests, under one name or several
 * @param integration the whole pipeline on a sample, if declared
 * @param convergence that training learns, if declared
 * @param contract that every step keeps its word
 * @param numeric that steps bear hostile data, if declared
 * @param difference from what another branch gives, if that is looked at
 * @param own checks that the project brings itself
 * @param reproducible whether it is built twice, which must give the same package
 * @param image of the package for containers, if one is wanted
 */
public record CiPlan(
        Optional<String> build,
        Duration buildTimeout,
        CommandPlan commands,
        List<String> packaged,
        List<UnitCheck> unit,
        Optional<IntegrationCheck> integration,
        Optional<ConvergenceCheck> convergence,
        ContractCheck contract,
        Optional<NumericCheck> numeric,
        Optional<DifferenceCheck> difference,
        List<OwnCheck> own,
        boolean reproducible,
        Optional<ImagePlan> image) {

    /** One that checks no more of training and data, and wants no more than a package. */
    public CiPlan(
            Optional<String> build,
            Duration buildTimeout,
            Optional<String> python,
            List<String> packaged,
            Optional<UnitCheck> unit,
            Optional<IntegrationCheck> integration) {
        this(
                build,
                buildTimeout,
                CommandPlan.USUAL.withPython(python),
                packaged,
                unit.stream().toList(),
                integration,
                Optional.empty(),
                ContractCheck.USUAL,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false,
                Optional.empty());
    }

    /** Those of the project's own checks that are made then. */
    public List<OwnCheck> own(After after) {
        return own.stream().filter(check -> check.after() == after).toList();
    }

    /** @param base {@value #SCRATCH}, an image pinned by its digest, or a tar file of the repository with an image */
    public record ImagePlan(String base) {
        public static final String SCRATCH = "scratch";
    }

    /**
     * The project's own tests, or a part of them.
     *
     * @param name tells it from the others, if there are several
     * @param reports a folder of JUnit XML files, relative to the repository
     * @param coverage the report of a coverage tool or its folder, relative to the repository; where such tools usually write it, if
     *     not given
     */
    public record UnitCheck(
            Optional<String> name, String run, String reports, Duration within, Optional<String> coverage) {
        /** All tests, by one command. */
        public UnitCheck(String run, String reports, Duration within) {
            this(Optional.empty(), run, reports, within, Optional.empty());
        }

        /** The name of the check: {@code unit} or {@code unit.NAME}. */
        public String check() {
            return name.map(it -> "unit." + it).orElse("unit");
        }
    }

    /**
     * That every step gives what it declares, and the same again from the same inputs.
     *
     * @param notRepeatable steps of which the latter is not asked, besides those that are not cached
     * @param tables the columns of tables, in any order and no others, by step, or by {@code STEP.OUTPUT}
     */
    public record ContractCheck(List<StepName> notRepeatable, SortedMap<String, SortedMap<String, ColumnPlan>> tables) {
        public static final ContractCheck USUAL = new ContractCheck(List.of(), Collections.emptySortedMap());

        /** The columns that a step's tables must have, by output. */
        public SortedMap<String, SortedMap<String, ColumnPlan>> tables(Step step) {
            SortedMap<String, SortedMap<String, ColumnPlan>> own = new TreeMap<>();
            tables.forEach((table, columns) -> {
                if (table.split("\\.", 2)[0].equals(step.name().value())) {
                    own.put(output(table, step), columns);
                }
            });
            return own;
        }

        /** Which output of a step is meant: of a step alone its only one, or the one that has its name, as in Java. */
        static String output(String table, Step step) {
            String[] parts = table.split("\\.", 2);
            return parts.length == 2
                    ? parts[1]
                    : step.outputs().size() == 1
                            ? step.outputs().firstKey()
                            : step.name().value();
        }
    }

    /** @param optional whether cells may be empty */
    public record ColumnPlan(ColumnType type, boolean optional) {}

    /** What the cells of a column are. */
    public enum ColumnType {
        NUMBER,
        TEXT,
        /** A day or a moment in ISO 8601. */
        DATE,
        /** {@code true} or {@code false}. */
        TRUTH
    }

    /**
     * That steps bear hostile data: NaN, zeros, no rows and the like.
     *
     * @param steps that are fed with it, each by itself, in place of what it reads in the integration run
     * @param seed the same seed makes the same data
     */
    public record NumericCheck(List<StepName> steps, int seed, Duration within) {}

    /**
     * What is other than on another branch: metrics, outputs, columns of tables.
     *
     * @param against the branch, whose newest commit that passed is compared
     * @param seeds with which the pipeline is run again, to know how much its metrics differ by chance; the parameter is
     *     {@code STEP.PARAMETER}
     * @param limits of metrics, by {@code STEP.METRIC}
     */
    public record DifferenceCheck(String against, Optional<Seeds> seeds, SortedMap<String, Limit> limits) {}

    /** How far a metric may rise or fall, beyond what is chance. */
    public record Limit(Optional<Double> rise, Optional<Double> fall) {}

    /**
     * A check that the project brings itself: a command that ends with 0 if all is well.
     *
     * @param name after {@code own.} it is the name of the check
     */
    public record OwnCheck(String name, String run, Duration within, After after) {
        public String check() {
            return "own." + name;
        }
    }

    /** What an own check looks at. */
    public enum After {
        /** The built folder, beside the unit tests. */
        BUILD,
        /** The package, and what the steps of the integration run gave. */
        INTEGRATION
    }

    /** @param sample how many rows of each source, from its start */
    public record IntegrationCheck(int sample, Duration within) {}

    /**
     * That training learns: its loss falls on a sample, and a few rows it can learn by heart.
     *
     * @param step the training step
     * @param metric the loss, one value for each round
     * @param sample how many rows of each source, from its start
     * @param parameters of the step that have another value here
     * @param seeds with which it is tried; once, as it is, if there are none
     * @param overfit what it can learn by heart, if that is checked
     */
    public record ConvergenceCheck(
            StepName step,
            String metric,
            int sample,
            SortedMap<String, Object> parameters,
            Optional<Seeds> seeds,
            Optional<Overfit> overfit,
            Duration within) {}

    /**
     * @param parameter of the step that is its seed
     * @param count it is given the values from 1 to this
     */
    public record Seeds(String parameter, int count) {}

    /**
     * @param rows so many first rows of each table that the step reads
     * @param below the loss at the end must be
     * @param parameters of the step that have another value here, besides those of the check
     */
    public record Overfit(int rows, double below, SortedMap<String, Object> parameters) {}
}
