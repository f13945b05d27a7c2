package dev.pawl.registry;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.PawlException;
import dev.pawl.pipeline.Definitions;
import dev.pawl.registry.RegisteredVersion.State;
import dev.pawl.store.FactReader;
import dev.pawl.store.Ledger;
import dev.pawl.store.Needed;
import dev.pawl.store.Needs;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.store.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * The registered models with their versions, aliases and lineage. Takes the models of production runs, gives {@link
 * Fact.ModelRegistered}. Safe for use by many threads.
 */
public final class Registry implements Needs, AutoCloseable {
    public static final Schema SCHEMA = new Schema("registry", Registry.class, 1);

    /** The most versions that one question is answered with. */
    public static final int MOST_VERSIONS = 1_000;

    private static final Logger LOG = System.getLogger(Registry.class.getName());

    private final Store store;
    private final Definitions definitions;
    private final ModelStore models = new ModelStore();
    private final FactReader reader;

    public Registry(Store store, Definitions definitions) {
        this.store = store;
        this.definitions = definitions;
        this.reader = store.reader("registry")
                .on(Fact.RunFinished.class, this::runFinished)
                .on(Fact.ModelDeployed.class, (tx, _, fact) -> deployed(tx, fact))
                .on(Fact.ModelRejected.class, (tx, _, fact) -> rejected(tx, fact));
    }

    public Registry start() {
        reader.start();
        return this;
    }

    @Override
    public void needs(Tx tx, Needed needed) {
        models.needs(tx, needed);
    }

    @Override
    public void close() {
        reader.close();
    }

    /** Whether every fact that concerns the registry has been handled. */
    public boolean caughtUp(Tx tx) {
        return reader.caughtUp(tx);
    }

    /** What keeps the registry from going on, if anything does. */
    public Optional<String> trouble() {
        return reader.trouble();
    }

    /** All models, by name. */
    public List<RegisteredModel> models() {
        return store.database().read(models::models);
    }

    /** The newest versions of a model, newest first; none if nobody knows the model. */
    public List<RegisteredVersion> versions(ModelName model, int limit) {
        return store.database().read(tx -> models.newest(tx, model, Math.min(limit, MOST_VERSIONS)));
    }

    /** Not found: says which versions there are. */
    public RegisteredVersion version(ModelVersion version) {
        return store.database().read(tx -> models.version(tx, version).orElseThrow(() -> unknown(tx, version)));
    }

    /** The versions whose file this is, oldest first. */
    public List<ModelVersion> versionsOf(Digest artifact) {
        return store.database().read(tx -> models.versionsOf(tx, artifact));
    }

    /** The version that answers predictions, if one was deployed. */
    public Optional<RegisteredVersion> champion(ModelName model) {
        return store.database().read(tx -> models.champion(tx, model));
    }

    private void runFinished(Tx tx, Ledger.Entry entry, Fact.RunFinished run) {
        if (!Registration.concerns(run) || models.hasRun(tx, run.runId())) {
            return;
        }
        Registration.of(run, definitions.get(run.definition()))
                .ifPresentOrElse(
                        given -> register(tx, entry, run, given),
                        () -> LOG.log(Level.INFO, "run {0} gave no model: nothing to register", run.runId()));
    }

    private void register(Tx tx, Ledger.Entry entry, Fact.RunFinished run, Registration given) {
        if (isTaken(tx, run, given)) {
            return;
        }
        RegisteredVersion version = version(models.next(tx, given.model()), entry, run, given);
        models.insert(tx, version);
        store.ledger()
                .append(
                        tx,
                        new Fact.ModelRegistered(
                                version.project(),
                                version.environment(),
                                version.version(),
                                version.artifact(),
                                version.run(),
                                version.definition(),
                                version.asOf()));
    }

    /** A model's name belongs to the project that used it first: versions of two pipelines are no versions of one model. */
    private boolean isTaken(Tx tx, Fact.RunFinished run, Registration given) {
        boolean taken = models.owner(tx, given.model())
                .filter(owner -> !owner.equals(run.project()))
                .isPresent();
        if (taken) {
            LOG.log(
                    Level.WARNING,
                    "the model of run {0} is not registered: the name {1} belongs to another project; change model.name"
                            + " in pawl.yaml of {2}",
                    run.runId(),
                    given.model(),
                    run.project());
        }
        return taken;
    }

    /** Created when the run ended, not when this was handled: handling it again after a crash gives the same row. */
    private static RegisteredVersion version(
            ModelVersion version, Ledger.Entry entry, Fact.RunFinished run, Registration given) {
        return new RegisteredVersion(
                version,
                run.project(),
                given.environment(),
                run.runId(),
                given.artifact(),
                given.holdout(),
                run.packageDigest(),
                run.definition(),
                run.asOf(),
                run.outputs(),
                State.REGISTERED,
                "",
                entry.at());
    }

    private void deployed(Tx tx, Fact.ModelDeployed fact) {
        models.crown(tx, fact.version(), fact.previous(), fact.because());
    }

    private void rejected(Tx tx, Fact.ModelRejected fact) {
        models.setState(tx, fact.version(), State.REJECTED, fact.gate() + ": " + fact.because());
    }

    private PawlException unknown(Tx tx, ModelVersion version) {
        List<Integer> known = models.newest(tx, version.model(), 10).stream()
                .map(it -> it.version().number())
                .toList();
        String text = known.isEmpty()
                ? "There is no model '%s'; the registry has %s"
                        .formatted(
                                version.model(),
                                models.models(tx).stream()
                                        .map(RegisteredModel::name)
                                        .toList())
                : "Model '%s' has no version %d; its newest are %s".formatted(version.model(), version.number(), known);
        return PawlException.notFound("no-model-version", text);
    }
}
