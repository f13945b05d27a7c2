package dev.pawl.definition;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How CI builds and checks.
 *
 * @param build the build command, by {@code sh -c}, if there is something to build
 * @param python a requirements or lock file of the repository; the commands find an environment made of it first on their path
 * @param packaged files and folders, relative to the repository, that a run needs besides pawl.yaml and relative data; jars among
 *     them, also within folders, are the class path of a Java pipeline; what steps' Python environments are made of is among them
 * @param unit the tests, if declared
 * @param integration the whole pipeline on a sample, if declared
 */
public record CiPlan(
        Optional<String> build,
        Duration buildTimeout,
        Optional<String> python,
        List<String> packaged,
        Optional<UnitCheck> unit,
        Optional<IntegrationCheck> integration) {

    /** @param reports a folder of JUnit XML files, relative to the repository */
    public record UnitCheck(String run, String reports, Duration within) {}

    /** @param sample how many rows of each source, from its start */
    public record IntegrationCheck(int sample, Duration within) {}
}
