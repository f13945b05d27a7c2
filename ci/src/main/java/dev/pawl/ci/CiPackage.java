package dev.pawl.ci;

import dev.pawl.definition.Environment.Requirements;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.ProjectName;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What passed CI: an immutable folder of artifacts with pawl.yaml, what its steps need and its relative data.
 *
 * @param definition the digest of the compiled pawl.yaml
 * @param requirements of every environment, by its name
 */
public record CiPackage(
        Digest digest,
        ProjectName project,
        String branch,
        CommitId commit,
        Digest definition,
        CiRunId ciRun,
        TestCounts tests,
        SortedMap<String, Requirements> requirements,
        Instant builtAt) {}
