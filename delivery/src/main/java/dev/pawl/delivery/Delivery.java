package dev.pawl.delivery;

import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.kernel.ProjectName;
import dev.pawl.pipeline.Definitions;
import dev.pawl.store.FactReader;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import dev.pawl.store.Worker;
import java.util.List;
import java.util.Optional;

/**
 * Stages 3 and 5. Packages of pipeline CI go into environments, and registered model versions through the gates into the
 * champion's place. Safe for use by many threads; several servers may share a database.
 */
public final class Delivery implements Needs, AutoCloseable {
    public static final Schema SCHEMA = new Schema("delivery", Delivery.class, 1);

    private static final int MOST_TEXT = 500;

    private final Store store;
    private final Definitions definitions;
    private final PipelineDelivery pipelines;
    private final FactReader reader;
    private final Worker deploying;
    private final Worker gating;

    /** @param target what the machine that runs steps offers, usually {@link Target#thisMachine} */
    public Delivery(Store store, Definitions definitions, Target target, Instances instances) {
        this.store = store;
        this.definitions = definitions;
        this.pipelines = new PipelineDelivery(store, definitions, target);
        ModelDelivery models = new ModelDelivery(
                store,
                new Examinations(store, definitions, instances),
                new Gates(store.clock(), Gate.all(new LoadGenerator(store.clock()))));
        this.deploying = store.worker(PipelineDelivery.QUEUE, pipelines);
        this.gating = store.worker(ModelDelivery.QUEUE, models);
        this.reader = store.reader("delivery")
                .on(Fact.PackageBuilt.class, pipelines::packageBuilt)
                .on(Fact.RunFinished.class, models::runFinished)
                .on(Fact.ModelRegistered.class, models::modelRegistered);
    }

    /** One gate job at a time: a load test beside another would measure both. */
    public Delivery start() {
        deploying.start(1);
        gating.start(1);
        reader.start();
        return this;
    }

    /** Where this stage stands in the ledger, and what keeps it from going on. */
    public FactReader reader() {
        return reader;
    }

    /**
     * Puts a package into an environment by hand, after the compatibility check.
     *
     * @param packageOrCommit the digest of a package or of its commit, or the first digits of one (at least four)
     * @param by who wants it
     * @throws PawlException not found: no such package or environment; conflict: it is there already, or the environment
     *     cannot run it (then the attempt is recorded)
     */
    public Deployment promote(ProjectName project, String packageOrCommit, EnvironmentName environment, String by) {
        if (by.equals(PipelineDelivery.AUTOMATIC)) {
            throw PawlException.user("bad-name", "'automatic' is what Pawl calls itself; say who wants the promotion");
        }
        return pipelines.promote(project, packageOrCommit, environment, text("who wants the promotion", by));
    }

    /** The newest attempts to deploy, newest first. */
    public List<Deployment> deployments(ProjectName project) {
        return store.database().read(tx -> DeploymentStore.all(tx, project));
    }

    /** What an environment runs. */
    public Optional<Deployment> current(ProjectName project, EnvironmentName environment) {
        return store.database().read(tx -> DeploymentStore.last(tx, project, environment, Deployment.Outcome.DEPLOYED));
    }

    /** The environments that the project's newest package declares; none if it has no package yet. */
    public List<EnvironmentStatus> environments(ProjectName project) {
        return store.database()
                .read(tx -> DeploymentStore.newest(tx, project).stream()
                        .flatMap(newest -> definitions.get(newest.definition()).environments().stream())
                        .map(environment -> EnvironmentStatus.of(tx, project, environment))
                        .toList());
    }

    /**
     * Makes the former champion the champion again, at once. Done again, it goes further back.
     *
     * @throws PawlException not found: no champion; conflict: none before it
     */
    public Champion rollback(ModelName model, String by, String reason) {
        return new Rollback(store).to(model, text("who rolls back", by), text("the reason of a rollback", reason));
    }

    /** The version that answers now. */
    public Optional<Champion> champion(ModelName model) {
        return store.database().read(tx -> ChampionStore.current(tx, model));
    }

    /** Who answered when, newest first. */
    public List<Champion> champions(ModelName model) {
        return store.database().read(tx -> ChampionStore.all(tx, model));
    }

    /** How a version fared at its gates; empty if it is not known here. */
    public Optional<GateReport> gates(ModelVersion version) {
        return store.database().read(tx -> ChallengerStore.find(tx, version).map(found -> report(tx, found)));
    }

    /** As {@link #gates(ModelVersion)}, of the newest version. */
    public Optional<GateReport> gates(ModelName model) {
        return store.database().read(tx -> ChallengerStore.newest(tx, model).map(found -> report(tx, found)));
    }

    private static GateReport report(Tx tx, Challenger challenger) {
        return new GateReport(challenger, ChallengerStore.verdicts(tx, challenger.version()));
    }

    private static String text(String what, String text) {
        if (text.isBlank() || text.length() > MOST_TEXT) {
            throw PawlException.user("bad-text", "%s: give 1 to %d characters".formatted(what, MOST_TEXT));
        }
        return text.strip();
    }

    /** Stops; gates under way are interrupted and judged again after the next start. */
    @Override
    public void needs(Tx tx, Needed needed) {
        DeploymentStore.needs(tx, needed);
        ChallengerStore.needs(tx, needed);
    }

    @Override
    public void close() {
        reader.close();
        gating.close();
        deploying.close();
    }
}
