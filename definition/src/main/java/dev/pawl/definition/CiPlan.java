package dev.pawl.definition;

import dev.pawl.kernel.StepName;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * How CI builds and checks.
 *
 * @param build the build command, by {@code sh -c}, if there is something to build
 * @param python a requirements or lock file of the repository; the commands find an environment made of it first on their path
 * @param packaged files and folders, relative to the repository, that a run needs besides pawl.yaml and relative data; jars among
 *     them, also within folders, are the class path of a Java pipeline; what steps' Python environments are made of is among them
 * @param unit the tests, if declared
 * @param integration the whole pipeline on a sample, if declared
 * @param convergence that training learns, if declared
 * @param reproducible whether it is built twice, which must give the same package
 * @param image of the package for containers, if one is wanted
 */
public record CiPlan(
        Optional<String> build,
        Duration buildTimeout,
        Optional<String> python,
        List<String> packaged,
        Optional<UnitCheck> unit,
        Optional<IntegrationCheck> integration,
        Optional<ConvergenceCheck> convergence,
        boolean reproducible,
        Optional<ImagePlan> image) {

    /** One that does not check whether training learns, and wants no more than a package. */
    public CiPlan(
            Optional<String> build,
            Duration buildTimeout,
            Optional<String> python,
            List<String> packaged,
            Optional<UnitCheck> unit,
            Optional<IntegrationCheck> integration) {
        this(build, buildTimeout, python, packaged, unit, integration, Optional.empty(), false, Optional.empty());
    }

    /** @param base {@value #SCRATCH}, an image pinned by its digest, or a tar file of the repository with an image */
    public record ImagePlan(String base) {
        public static final String SCRATCH = "scratch";
    }

    /** @param reports a folder of JUnit XML files, relative to the repository */
    public record UnitCheck(String run, String reports, Duration within) {}

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
