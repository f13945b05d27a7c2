package dev.pawl.registry;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.registry.RegisteredVersion.State;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The tables of the registry. */
final class ModelStore {
    private static final String CHAMPION = "champion";
    private static final String PREVIOUS = "previous";

    boolean hasRun(Tx tx, RunId run) {
        return tx.number("select count(*) from model_version where run = ?", run) > 0;
    }

    /** The project that owns a model's name: the first that registered a version of it. */
    Optional<ProjectName> owner(Tx tx, ModelName model) {
        return tx.first(
                row -> row.id("project", ProjectName::new),
                "select project from model_version where model = ? and number = 1",
                model);
    }

    ModelVersion next(Tx tx, ModelName model) {
        long highest = tx.number("select coalesce(max(number), 0) from model_version where model = ?", model);
        return new ModelVersion(model, Math.toIntExact(highest + 1));
    }

    void insert(Tx tx, RegisteredVersion it) {
        tx.update(
                """
                insert into model_version (model, number, project, environment, run, artifact, holdout, package,
                  definition, as_of, outputs, state, because, created)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                it.version().model(),
                it.version().number(),
                it.project(),
                it.environment(),
                it.run(),
                it.artifact(),
                it.holdout(),
                it.packageDigest(),
                it.definition(),
                it.asOf(),
                Tx.json(it.outputs()),
                it.state(),
                it.because(),
                it.created());
    }

    /** Makes the version the champion, whoever was it before. */
    void crown(Tx tx, ModelVersion version, Optional<ModelVersion> previous, String because) {
        tx.update("""
            update model_version set state = 'RETIRED', because = ? where model = ? and state = 'CHAMPION' and number <> ?
            """, "replaced by version " + version.number(), version.model(), version.number());
        setState(tx, version, State.CHAMPION, because);
        alias(tx, version, CHAMPION);
        previous.ifPresent(replaced -> alias(tx, replaced, PREVIOUS));
    }

    void setState(Tx tx, ModelVersion version, State state, String because) {
        tx.update(
                "update model_version set state = ?, because = ? where model = ? and number = ?",
                state,
                because,
                version.model(),
                version.number());
    }

    List<RegisteredModel> models(Tx tx) {
        return tx.list(ModelStore::model, """
            select v.model, v.project, v.environment, c.number as champion, p.number as previous,
              (select max(a.number) from model_version a where a.model = v.model) as versions
            from model_version v
            left join model_alias c on c.model = v.model and c.alias = 'champion'
            left join model_alias p on p.model = v.model and p.alias = 'previous'
            where v.number = 1 order by v.model
            """);
    }

    List<RegisteredVersion> newest(Tx tx, ModelName model, int limit) {
        return tx.list(
                ModelStore::version,
                "select * from model_version where model = ? order by number desc limit ?",
                model,
                limit);
    }

    Optional<RegisteredVersion> version(Tx tx, ModelVersion version) {
        return tx.first(
                ModelStore::version,
                "select * from model_version where model = ? and number = ?",
                version.model(),
                version.number());
    }

    List<ModelVersion> versionsOf(Tx tx, Digest artifact) {
        return tx.list(
                row -> new ModelVersion(row.id("model", ModelName::new), row.integer("number")),
                "select model, number from model_version where artifact = ? order by created, model, number",
                artifact);
    }

    Optional<RegisteredVersion> champion(Tx tx, ModelName model) {
        return tx.first(ModelStore::version, """
            select v.* from model_alias a join model_version v on v.model = a.model and v.number = a.number
            where a.model = ? and a.alias = 'champion'
            """, model);
    }

    private static void alias(Tx tx, ModelVersion version, String alias) {
        tx.update("""
            insert into model_alias (model, alias, number) values (?, ?, ?)
            on conflict (model, alias) do update set number = excluded.number
            """, version.model(), alias, version.number());
    }

    private static RegisteredModel model(Row row) {
        ModelName name = row.id("model", ModelName::new);
        return new RegisteredModel(
                name,
                row.id("project", ProjectName::new),
                row.id("environment", EnvironmentName::new),
                row.integer("versions"),
                aliased(row, name, CHAMPION),
                aliased(row, name, PREVIOUS));
    }

    private static Optional<ModelVersion> aliased(Row row, ModelName name, String alias) {
        return row.optionalText(alias).map(Integer::valueOf).map(number -> new ModelVersion(name, number));
    }

    private static RegisteredVersion version(Row row) {
        return new RegisteredVersion(
                new ModelVersion(row.id("model", ModelName::new), row.integer("number")),
                row.id("project", ProjectName::new),
                row.id("environment", EnvironmentName::new),
                row.id("run", RunId::new),
                row.id("artifact", Digest::new),
                row.id("holdout", Digest::new),
                row.id("package", Digest::new),
                row.id("definition", Digest::new),
                row.instant("as_of"),
                outputs(row),
                row.value("state", State.class),
                row.text("because"),
                row.instant("created"));
    }

    private static Map<String, Digest> outputs(Row row) {
        return Json.map(row.text("outputs")).entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> new Digest((String) entry.getValue())));
    }

    /** Every version, for good: it may be asked for, compared with and traced. */
    void needs(Tx tx, Needed needed) {
        String why = "a registered model";
        needed.texts(tx, """
            select artifact || ' ' || holdout || ' ' || package || ' ' || definition || ' ' || outputs as named
            from model_version
            """, why);
        needed.runs(tx, "select run from model_version", why);
    }
}
