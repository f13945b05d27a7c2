package dev.pawl.delivery;

import dev.pawl.kernel.CommitId;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Optional;

/** Rows of packages and deployments. */
final class DeploymentStore {
    static final int MOST_LISTED = 200;

    private DeploymentStore() {}

    /** A package built once more, for another commit perhaps, counts as new. */
    static void keep(Tx tx, KnownPackage known) {
        tx.update(
                """
                insert into delivery_package (project, package, branch, commit_id, definition, position, built_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (project, package) do update set branch = excluded.branch, commit_id = excluded.commit_id,
                  definition = excluded.definition, position = excluded.position, built_at = excluded.built_at
                """,
                known.project(),
                known.digest(),
                known.branch(),
                known.commit(),
                known.definition(),
                known.position(),
                known.builtAt());
    }

    static Optional<KnownPackage> known(Tx tx, ProjectName project, Digest digest) {
        return tx.first(
                DeploymentStore::known,
                "select * from delivery_package where project = ? and package = ?",
                project,
                digest);
    }

    static Optional<KnownPackage> newest(Tx tx, ProjectName project) {
        return tx.first(
                DeploymentStore::known,
                "select * from delivery_package where project = ? order by position desc limit 1",
                project);
    }

    /** Those whose digest or commit starts with these hexadecimal digits, newest first. */
    static List<KnownPackage> startingWith(Tx tx, ProjectName project, String digits) {
        return tx.list(DeploymentStore::known, """
            select * from delivery_package where project = ? and (package like ? or commit_id like ?)
            order by position desc limit ?
            """, project, "sha256:" + digits + "%", digits + "%", MOST_LISTED);
    }

    static void add(Tx tx, Deployment deployment) {
        tx.update(
                """
                insert into delivery_deployment (project, environment, number, package, commit_id, definition, outcome,
                  because, deployed_by, checks, at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                deployment.project(),
                deployment.environment(),
                deployment.number(),
                deployment.packageDigest(),
                deployment.commit(),
                deployment.definition(),
                deployment.outcome(),
                deployment.because(),
                deployment.by(),
                Tx.json(deployment.checks()),
                deployment.at());
    }

    static int nextNumber(Tx tx, ProjectName project, EnvironmentName environment) {
        return 1
                + (int) tx.number(
                        "select coalesce(max(number), 0) from delivery_deployment where project = ? and environment ="
                                + " ?",
                        project,
                        environment);
    }

    static Optional<Deployment> last(
            Tx tx, ProjectName project, EnvironmentName environment, Deployment.Outcome outcome) {
        return tx.first(DeploymentStore::deployment, """
            select * from delivery_deployment where project = ? and environment = ? and outcome = ?
            order by number desc limit 1
            """, project, environment, outcome);
    }

    /** The newest {@value #MOST_LISTED}, newest first. */
    static List<Deployment> all(Tx tx, ProjectName project) {
        return tx.list(DeploymentStore::deployment, """
            select * from delivery_deployment where project = ? order by at desc, number desc, environment limit ?
            """, project, MOST_LISTED);
    }

    private static KnownPackage known(Row row) {
        return new KnownPackage(
                row.id("project", ProjectName::new),
                row.id("package", Digest::new),
                row.text("branch"),
                row.id("commit_id", CommitId::new),
                row.id("definition", Digest::new),
                row.number("position"),
                row.instant("built_at"));
    }

    private static Deployment deployment(Row row) {
        return new Deployment(
                row.id("project", ProjectName::new),
                row.id("environment", EnvironmentName::new),
                row.integer("number"),
                row.id("package", Digest::new),
                row.id("commit_id", CommitId::new),
                row.id("definition", Digest::new),
                row.value("outcome", Deployment.Outcome.class),
                row.text("because"),
                row.text("deployed_by"),
                List.of(row.json("checks", CompatibilityItem[].class)),
                row.instant("at"));
    }

    /** Every package that may be promoted, or was deployed. */
    static void needs(Tx tx, Needed needed) {
        needed.texts(
                tx, "select package || ' ' || definition as named from delivery_package", "a package of pipeline CI");
        needed.texts(tx, "select package || ' ' || definition as named from delivery_deployment", "a deployment");
    }
}
