package dev.pawl.delivery;

import dev.pawl.definition.Definition;
import dev.pawl.definition.Environment;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.Jobs;
import dev.pawl.store.Ledger;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Stage 3: packages into environments, by themselves or by hand, after the compatibility check. */
final class PipelineDelivery implements Worker.Handler {
    static final String QUEUE = "deploy";
    static final String AUTOMATIC = "automatic";

    private final Store store;
    private final Definitions definitions;
    private final Target target;

    PipelineDelivery(Store store, Definitions definitions, Target target) {
        this.store = store;
        this.definitions = definitions;
        this.target = target;
    }

    /** What a job is about. */
    record Wish(ProjectName project, Digest packageDigest, EnvironmentName environment) {
        String turn() {
            return "environment/" + project + "/" + environment;
        }
    }

    void packageBuilt(Tx tx, Ledger.Entry entry, Fact.PackageBuilt built) {
        DeploymentStore.keep(
                tx,
                new KnownPackage(
                        built.project(),
                        built.packageDigest(),
                        built.branch(),
                        built.commit(),
                        built.definition(),
                        entry.position(),
                        entry.at()));
        definitions.get(built.definition()).environments().stream()
                .filter(environment -> takesByItself(environment, built.branch()))
                .map(environment -> new Wish(built.project(), built.packageDigest(), environment.name()))
                .forEach(wish -> store.jobs().add(tx, QUEUE, wish.turn() + "/" + entry.position(), Json.write(wish)));
    }

    private static boolean takesByItself(Environment environment, String branch) {
        return environment.deploy() == Environment.DeployMode.AUTOMATIC
                && environment.branch().equals(Optional.of(branch));
    }

    @Override
    public Consumer<Tx> attempt(Jobs.Job job) {
        Wish wish = Json.read(job.payload(), Wish.class);
        List<CompatibilityItem> checks = check(wish);
        return tx -> settle(tx, wish, checks, AUTOMATIC);
    }

    /** Closed by default: a check that could not be made has failed. */
    @Override
    public void gaveUp(Tx tx, Jobs.Job job, Throwable error) {
        Wish wish = Json.read(job.payload(), Wish.class);
        var broken = new CompatibilityItem("check", "to be made", "it could not be made: " + error.getMessage(), false);
        settle(tx, wish, List.of(broken), AUTOMATIC);
    }

    Deployment promote(ProjectName project, String reference, EnvironmentName environment, String by) {
        Wish wish = store.database().read(tx -> {
            KnownPackage known = PackageReference.resolve(tx, project, reference);
            return new Wish(project, known.digest(), environment);
        });
        List<CompatibilityItem> checks = check(wish);
        return done(wish, store.database().transact(tx -> settle(tx, wish, checks, by)));
    }

    private List<CompatibilityItem> check(Wish wish) {
        Definition definition =
                definitions.get(store.database().read(tx -> known(tx, wish)).definition());
        return CompatibilityCheck.of(definition, definition.environment(wish.environment()), target);
    }

    /** Empty if there was nothing to do. */
    private Optional<Deployment> settle(Tx tx, Wish wish, List<CompatibilityItem> checks, String by) {
        TurnStore.take(tx, wish.turn());
        KnownPackage known = known(tx, wish);
        return switch (DeploymentDecision.of(known, current(tx, wish), checks, by.equals(AUTOMATIC))) {
            case DeploymentDecision.Skip _ -> Optional.empty();
            case DeploymentDecision.Deploy _ -> {
                store.ledger().append(tx, deployed(wish, known, by));
                yield Optional.of(record(tx, wish, known, checks, by, Optional.empty()));
            }
            case DeploymentDecision.Refuse(String because) -> {
                store.ledger()
                        .append(
                                tx,
                                new Fact.DeploymentRefused(
                                        wish.project(), wish.environment(), wish.packageDigest(), because));
                yield Optional.of(record(tx, wish, known, checks, by, Optional.of(because)));
            }
        };
    }

    private static Fact deployed(Wish wish, KnownPackage known, String by) {
        return new Fact.PipelineDeployed(
                wish.project(), wish.environment(), wish.packageDigest(), known.definition(), by);
    }

    private Deployment record(
            Tx tx,
            Wish wish,
            KnownPackage known,
            List<CompatibilityItem> checks,
            String by,
            Optional<String> refusedBecause) {
        Deployment deployment = new Deployment(
                wish.project(),
                wish.environment(),
                DeploymentStore.nextNumber(tx, wish.project(), wish.environment()),
                wish.packageDigest(),
                known.commit(),
                known.definition(),
                refusedBecause.isPresent() ? Deployment.Outcome.REFUSED : Deployment.Outcome.DEPLOYED,
                refusedBecause.orElse("compatible"),
                by,
                checks,
                store.clock().now());
        DeploymentStore.add(tx, deployment);
        return deployment;
    }

    private static Deployment done(Wish wish, Optional<Deployment> result) {
        Deployment deployment = result.orElseThrow(() -> PawlException.conflict(
                "already-deployed",
                "Environment %s of project %s runs package %s already"
                        .formatted(
                                wish.environment(),
                                wish.project(),
                                wish.packageDigest().brief())));
        return switch (deployment.outcome()) {
            case DEPLOYED -> deployment;
            case REFUSED ->
                throw PawlException.conflict(
                        "deployment-refused",
                        "Environment %s cannot run package %s, so that nothing was changed: %s"
                                .formatted(
                                        wish.environment(), wish.packageDigest().brief(), deployment.because()));
        };
    }

    private static Optional<KnownPackage> current(Tx tx, Wish wish) {
        return DeploymentStore.last(tx, wish.project(), wish.environment(), Deployment.Outcome.DEPLOYED)
                .flatMap(deployment -> DeploymentStore.known(tx, wish.project(), deployment.packageDigest()));
    }

    private static KnownPackage known(Tx tx, Wish wish) {
        return DeploymentStore.known(tx, wish.project(), wish.packageDigest())
                .orElseThrow(() -> new IllegalStateException("a job names the unknown package " + wish));
    }
}
