package dev.pawl.app;

import dev.pawl.ci.Ci;
import dev.pawl.delivery.Delivery;
import dev.pawl.delivery.DeliveryRoutes;
import dev.pawl.delivery.Target;
import dev.pawl.executor.Executor;
import dev.pawl.executor.Executors;
import dev.pawl.executor.LocalSettings;
import dev.pawl.experiment.Experiments;
import dev.pawl.experiment.PastExperiments;
import dev.pawl.experiment.Sweeps;
import dev.pawl.experiment.TrialRuns;
import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Ids;
import dev.pawl.monitoring.Monitoring;
import dev.pawl.monitoring.MonitoringRoutes;
import dev.pawl.packaging.Packaging;
import dev.pawl.pipeline.Collector;
import dev.pawl.pipeline.DailyCollection;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.KeepPolicy;
import dev.pawl.pipeline.KnownRows;
import dev.pawl.pipeline.Lineage;
import dev.pawl.pipeline.OpenLineage;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.pipeline.Places;
import dev.pawl.pipeline.RunEvent;
import dev.pawl.pipeline.SecretFolder;
import dev.pawl.pipeline.Secrets;
import dev.pawl.registry.Registry;
import dev.pawl.registry.RegistryRoutes;
import dev.pawl.serving.Serving;
import dev.pawl.serving.ServingRoutes;
import dev.pawl.source.SourceControl;
import dev.pawl.store.Artifacts;
import dev.pawl.store.Database;
import dev.pawl.store.FolderLock;
import dev.pawl.store.Schema;
import dev.pawl.store.Store;
import dev.pawl.trigger.BackfillRoutes;
import dev.pawl.trigger.Backfills;
import dev.pawl.trigger.Trigger;
import dev.pawl.trigger.TriggerRoutes;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The whole of Pawl in one process, put together by hand: the one place where all stages are known. What one stage needs of
 * another goes through an interface that it declared itself and that is connected here.
 */
final class Server implements AutoCloseable {
    private static final List<Schema> SCHEMAS = List.of(
            Orchestrator.SCHEMA,
            Experiments.SCHEMA,
            SourceControl.SCHEMA,
            Packaging.SCHEMA,
            Ci.SCHEMA,
            Delivery.SCHEMA,
            Trigger.SCHEMA,
            Registry.SCHEMA,
            Serving.SCHEMA,
            Monitoring.SCHEMA);

    /** In the order in which they were opened; closed the other way round. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private final Listener listener;

    /**
     * How to start.
     *
     * @param folder where everything is kept; one server at a time
     * @param database JDBC URL of a PostgreSQL database; SQLite in the folder without one
     * @param artifacts where they are kept, if not in the folder: servers of one database share them
     * @param port 0 for any that is free
     * @param keep what a daily garbage collection keeps; nothing is collected without
     * @param places for the steps of runs
     * @param ci how many commits CI checks at a time
     * @param openLineage whom to tell what happens to runs and steps, if anybody
     */
    record Settings(
            Path folder,
            Optional<String> database,
            Optional<Path> artifacts,
            String host,
            int port,
            Optional<OpenLineage.Settings> openLineage,
            Optional<KeepPolicy> keep,
            Places places,
            int ci) {
        Settings(Path folder, Optional<String> database, String host, int port) {
            this(
                    folder,
                    database,
                    Optional.empty(),
                    host,
                    port,
                    Optional.empty(),
                    Optional.empty(),
                    Places.ofThisMachine(),
                    1);
        }
    }

    private Server(Settings settings, Clock clock, Ids ids) {
        try {
            this.listener = start(settings, clock, ids);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    static Server start(Settings settings) {
        Listener.requireFree(settings.host(), settings.port()); // before anything is made
        return new Server(settings, Clock.system(), Ids.system());
    }

    int port() {
        return listener.port();
    }

    String address() {
        return listener.address();
    }

    private Listener start(Settings settings, Clock clock, Ids ids) {
        Path folder = settings.folder();
        opened(FolderLock.take(folder));
        Store store = opened(store(settings, clock, ids));
        Definitions definitions = new Definitions(store.artifacts());
        Registry registry = opened(new Registry(store, definitions));
        Monitoring monitoring =
                opened(new Monitoring(store, definitions, new Models(store, definitions, registry)::reference));
        Serving serving = opened(new Serving(store, new LoggedByMonitoring(monitoring)));
        CodeLocations locations = new CodeLocations(settings.host());
        Optional<OpenLineage> openLineage = openLineage(settings, store, definitions, locations);
        Executor executor = Executors.local(clock, LocalSettings.ofThisMachine(), folder.resolve("runs"));
        ReviewedSecrets secrets = new ReviewedSecrets(SecretFolder.in(folder, clock, ids));
        Orchestrator orchestrator = opened(orchestrator(settings, store, definitions, executor, secrets, openLineage));
        Trigger trigger = opened(new Trigger(store, definitions, new KnownRows(store)::count));
        Backfills backfills = opened(new Backfills(store, orchestrator, orchestrator::cancel));
        ProcessInstances instances = new ProcessInstances(store, folder.resolve("instances"));
        Delivery delivery = opened(new Delivery(store, definitions, Target.thisMachine(), instances));
        PipelineCi code = opened(PipelineCi.of(settings, store, definitions, orchestrator, instances, executor));
        Ci ci = code.ci();
        Sweeps sweeps = opened(new Sweeps(store, definitions, TrialRuns.of(orchestrator)));
        Collector collector = new Collector(
                store,
                List.of(
                        registry,
                        serving,
                        trigger,
                        backfills,
                        delivery,
                        ci,
                        code.packaging(),
                        new PastExperiments(store)));
        KnownByStages known = new KnownByStages(ci, registry);
        Listener listener = opened(Listener.start(
                settings.host(),
                settings.port(),
                Guarded.routing(settings.host())
                        .register(new RingRoutes(store, () -> atRest(store, trigger, orchestrator, serving)))
                        .register(new TraceRoutes(new Trace(monitoring, registry, delivery, orchestrator, ci)))
                        .register(PageRoutes.ofRuns(store, orchestrator.runs(), definitions, known))
                        .register(
                                new RunOrderRoutes(orchestrator), new CollectionRoutes(collector, orchestrator.runs()))
                        .register(lineage(store, definitions, orchestrator, known, registry))
                        .register(code.routes())
                        .register(
                                new DeliveryRoutes(delivery), new TriggerRoutes(trigger), new BackfillRoutes(backfills))
                        .register(new SweepRoutes(sweeps, trigger, definitions, ci, clock))
                        .register(new RegistryRoutes(registry), new MonitoringRoutes(monitoring, clock))
                        .register(ServingRoutes.of(serving))
                        .any(Guarded.nothingElse())));
        locations.serve(listener.port(), ci);
        secrets.ask(ci, code.source());
        // Only now may work begin: whoever is told of it can already ask.
        openLineage.ifPresent(OpenLineage::start);
        inOrder(registry::start, monitoring::start, serving::start, orchestrator::start);
        inOrder(trigger::start, backfills::start, sweeps::start, delivery::start);
        settings.keep().ifPresent(policy -> collectDaily(collector, policy, clock));
        code.start(listener.address());
        return listener;
    }

    private static Orchestrator orchestrator(
            Settings settings,
            Store store,
            Definitions definitions,
            Executor executor,
            Secrets secrets,
            Optional<OpenLineage> openLineage) {
        Path folder = settings.folder();
        return new Orchestrator(
                store,
                definitions,
                folder.resolve("runs"),
                executor,
                settings.places(),
                secrets,
                openLineage.<RunEvent.Listener>map(it -> it).orElse(RunEvent.Listener.none()));
    }

    private Optional<OpenLineage> openLineage(
            Settings settings, Store store, Definitions definitions, CodeLocations locations) {
        return settings.openLineage().map(where -> opened(new OpenLineage(store, definitions, where, locations)));
    }

    private static void inOrder(Runnable... starts) {
        for (Runnable start : starts) {
            start.run();
        }
    }

    private void collectDaily(Collector collector, KeepPolicy policy, Clock clock) {
        opened(new DailyCollection(collector, policy, clock)).start();
    }

    private static LineageRoutes lineage(
            Store store, Definitions definitions, Orchestrator orchestrator, KnownByStages known, Registry registry) {
        return new LineageRoutes(
                new Origins(orchestrator.runs(), new Lineage(store), definitions, known, Reach.ALL), registry);
    }

    private static boolean atRest(Store store, Trigger trigger, Orchestrator orchestrator, Serving serving) {
        return trigger.settled()
                && store.idle()
                && orchestrator.settled()
                && store.idle()
                && trigger.settled()
                && serving.settled();
    }

    private static Store store(Settings settings, Clock clock, Ids ids) {
        if (settings.database().isEmpty()) {
            return Store.embedded(settings.folder(), clock, ids, SCHEMAS);
        }
        Path artifacts = settings.artifacts().orElse(settings.folder().resolve("artifacts"));
        Database database = Database.postgres(settings.database().get());
        return Store.open(database, Artifacts.in(artifacts, ids), clock, ids, SCHEMAS);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception e) {
                System.getLogger("pawl").log(Level.WARNING, "while stopping " + part, e);
            }
        }
    }
}
