package dev.pawl.ci;

import dev.pawl.definition.Environment.Requirements;
import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import tools.jackson.core.type.TypeReference;

/** The rows of packages. */
final class PackageStore {
    /**
     * After all that there are.
     *
     * @return its number, which grows from package to package
     */
    long add(Tx tx, CiPackage built) {
        long number = 1 + tx.number("select coalesce(max(number), 0) from ci_package");
        tx.update(
                """
                insert into ci_package
                  (ci_run, number, digest, project, branch, commit_id, definition, tests, requirements, built_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                built.ciRun(),
                number,
                built.digest(),
                built.project(),
                built.branch(),
                built.commit(),
                built.definition(),
                Tx.json(built.tests()),
                Tx.json(built.requirements()),
                built.builtAt());
        return number;
    }

    /** Newest first. */
    List<CiPackage> packages(Tx tx, Optional<ProjectName> project, int limit) {
        return project.map(name -> tx.list(
                        PackageStore::built,
                        "select * from ci_package where project = ? order by number desc limit ?",
                        name,
                        limit))
                .orElseGet(() ->
                        tx.list(PackageStore::built, "select * from ci_package order by number desc limit ?", limit));
    }

    /** The first that was built with this content. */
    Optional<CiPackage> first(Tx tx, Digest digest) {
        return tx.first(
                PackageStore::built, "select * from ci_package where digest = ? order by number limit 1", digest);
    }

    private static CiPackage built(Row row) {
        return new CiPackage(
                row.id("digest", Digest::new),
                row.id("project", ProjectName::new),
                row.text("branch"),
                row.id("commit_id", CommitId::new),
                row.id("definition", Digest::new),
                row.id("ci_run", CiRunId::new),
                row.json("tests", TestCounts.class),
                Json.read(row.text("requirements"), new TypeReference<SortedMap<String, Requirements>>() {}),
                row.instant("built_at"));
    }

    /** Packages, with what CI has to show for them: logs, and the evidence of checks. */
    void needs(Tx tx, Needed needed) {
        needed.texts(tx, "select digest || ' ' || definition as named from ci_package", "a package of pipeline CI");
        needed.texts(tx, """
            select coalesce(package_digest, '') || ' ' || coalesce(definition, '') as named from ci_run
            """, "a CI run");
        needed.runs(tx, """
            select c.run_id as run from ci_check_run c join ci_run r on r.id = c.ci_run where r.state = 'INTEGRATING'
            """, "a check that other runs are needed for, too");
        needed.texts(tx, "select evidence || ' ' || coalesce(log, '') as named from ci_check", "a CI run");
    }
}
