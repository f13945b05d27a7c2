package dev.pawl.serving;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The routes as the facts say: which version answers for each model, and which did before. */
final class ServingStore {
    private ServingStore() {}

    /** A version and where its content lies. */
    record Deployed(ModelVersion version, Digest artifact) {}

    /** One model's route. */
    record Route(Deployed champion, Optional<Deployed> previous) {}

    static void deploy(Tx tx, Instant at, Fact.ModelDeployed fact) {
        tx.update("""
            insert into serving_route
              (model, version, artifact, definition, deployed_at, previous_version, previous_artifact)
            values (?, ?, ?, ?, ?, null, null)
            on conflict (model) do update set
              previous_version = serving_route.version,
              previous_artifact = serving_route.artifact,
              version = excluded.version,
              artifact = excluded.artifact,
              definition = excluded.definition,
              deployed_at = excluded.deployed_at
            where serving_route.version <> excluded.version
            """, fact.version().model(), fact.version().number(), fact.artifact(), fact.definition(), at);
    }

    static List<Route> routes(Tx tx) {
        return tx.list(ServingStore::route, "select * from serving_route order by model");
    }

    private static Route route(Row row) {
        ModelName model = row.id("model", ModelName::new);
        Deployed champion =
                new Deployed(new ModelVersion(model, row.integer("version")), row.id("artifact", Digest::new));
        return new Route(
                champion,
                row.optionalText("previous_artifact")
                        .map(artifact -> new Deployed(
                                new ModelVersion(model, row.integer("previous_version")), new Digest(artifact))));
    }

    static void needs(Tx tx, Needed needed) {
        needed.texts(tx, """
            select artifact || ' ' || definition || ' ' || coalesce(previous_artifact, '') as named from serving_route
            """, "the prediction service");
    }
}
