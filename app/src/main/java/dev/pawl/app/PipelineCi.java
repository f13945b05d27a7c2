package dev.pawl.app;

import dev.pawl.ci.CheckEngine;
import dev.pawl.ci.Ci;
import dev.pawl.ci.CiRoutes;
import dev.pawl.ci.CiSettings;
import dev.pawl.executor.Executor;
import dev.pawl.packaging.Packaging;
import dev.pawl.packaging.PackagingRoutes;
import dev.pawl.packaging.SigningKey;
import dev.pawl.pipeline.Definitions;
import dev.pawl.pipeline.Orchestrator;
import dev.pawl.pipeline.SecretFolder;
import dev.pawl.pipeline.Secrets;
import dev.pawl.source.GitRoutes;
import dev.pawl.source.ProposalRoutes;
import dev.pawl.source.SourceControl;
import dev.pawl.source.SourceRoutes;
import dev.pawl.store.Store;
import io.helidon.webserver.http.HttpService;
import java.nio.file.Path;

/** Stage 2 put together: where code comes from, what checks it, and what it is packed with. */
record PipelineCi(SourceControl source, Packaging packaging, Ci ci) implements AutoCloseable {
    static PipelineCi of(
            Server.Settings settings,
            Store store,
            Definitions definitions,
            Orchestrator orchestrator,
            ProcessInstances instances,
            Executor executor) {
        Path folder = settings.folder();
        SecretFolder secrets = SecretFolder.in(folder, store.clock(), store.ids());
        SourceControl source = new SourceControl(store, secrets, folder.resolve("source"));
        Packaging packaging = packaging(folder, store, secrets);
        Ci ci = new Ci(
                store,
                definitions,
                engine(orchestrator, instances, executor),
                new CommittedCode(source),
                packaging,
                folder.resolve("ci"),
                CiSettings.ofThisMachine().with(settings.ci()));
        return new PipelineCi(source, packaging, ci);
    }

    static CheckEngine engine(Orchestrator orchestrator, ProcessInstances instances, Executor executor) {
        return new CheckEngine(
                orchestrator, orchestrator::cancel, orchestrator.trials(), new ServedForChecks(instances), executor);
    }

    static Packaging packaging(Path folder, Store store, Secrets secrets) {
        return new Packaging(store, SigningKey.in(folder, store.ids()), secrets, folder.resolve("packaging"));
    }

    HttpService[] routes() {
        return new HttpService[] {
            new GitRoutes(source, ci::awaitQueued),
            new SourceRoutes(source),
            new ProposalRoutes(source),
            new PackagingRoutes(packaging),
            new CiRoutes(ci)
        };
    }

    /** @param address where people reach this server */
    void start(String address) {
        source.start(address);
        ci.start();
    }

    @Override
    public void close() {
        ci.close();
        source.close();
    }
}
