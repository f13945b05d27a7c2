package dev.pawl.delivery;

import dev.pawl.definition.Environment;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Tx;
import java.util.Optional;

/**
 * An environment of a project as its newest package declares it, and what it runs.
 *
 * @param current what it runs
 * @param refused a newer attempt that was turned down, if there is one
 */
public record EnvironmentStatus(
        EnvironmentName name,
        Optional<String> branch,
        Environment.DeployMode deploy,
        Optional<Deployment> current,
        Optional<Deployment> refused) {

    static EnvironmentStatus of(Tx tx, ProjectName project, Environment environment) {
        Optional<Deployment> current =
                DeploymentStore.last(tx, project, environment.name(), Deployment.Outcome.DEPLOYED);
        int number = current.map(Deployment::number).orElse(0);
        return new EnvironmentStatus(
                environment.name(),
                environment.branch(),
                environment.deploy(),
                current,
                DeploymentStore.last(tx, project, environment.name(), Deployment.Outcome.REFUSED)
                        .filter(refused -> refused.number() > number));
    }
}
