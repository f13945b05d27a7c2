package dev.pawl.delivery;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.Fact;
import dev.pawl.kernel.Json;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import dev.pawl.kernel.RunId;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Rows of production runs, challengers and verdicts. */
final class ChallengerStore {
    private ChallengerStore() {}

    static void keepRun(Tx tx, RunId run, Map<String, Digest> outputs) {
        tx.update(
                "insert into delivery_run (run, outputs) values (?, ?) on conflict (run) do nothing",
                run,
                Tx.json(outputs));
    }

    /** What a production run gave, by {@code step} or {@code step.output}; empty if no such run is known. */
    static Map<String, Digest> outputs(Tx tx, RunId run) {
        return tx
                .first(row -> row.text("outputs"), "select outputs from delivery_run where run = ?", run)
                .map(Json::map)
                .orElse(Map.of())
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, output -> new Digest((String) output.getValue())));
    }

    static void add(Tx tx, Fact.ModelRegistered registered, Instant at) {
        tx.update(
                """
                insert into delivery_challenger (model, version, project, environment, artifact, run, definition, as_of,
                  state, compared_with, features, registered_at, decided_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, null, '[]', ?, null)
                on conflict (model, version) do nothing
                """,
                registered.version().model(),
                registered.version().number(),
                registered.project(),
                registered.environment(),
                registered.artifact(),
                registered.runId(),
                registered.definition(),
                registered.asOf(),
                Challenger.State.WAITING,
                at);
    }

    static Optional<Challenger> find(Tx tx, ModelVersion version) {
        return tx.first(
                ChallengerStore::challenger,
                "select * from delivery_challenger where model = ? and version = ?",
                version.model(),
                version.number());
    }

    static Optional<Challenger> newest(Tx tx, ModelName model) {
        return tx.first(
                ChallengerStore::challenger,
                "select * from delivery_challenger where model = ? order by version desc limit 1",
                model);
    }

    static boolean anotherIsBefore(Tx tx, ModelVersion version) {
        return tx.number(
                        "select count(*) from delivery_challenger where model = ? and version < ? and state = ?",
                        version.model(),
                        version.number(),
                        Challenger.State.WAITING)
                > 0;
    }

    static void decide(
            Tx tx,
            ModelVersion version,
            Challenger.State state,
            Optional<ModelVersion> comparedWith,
            List<String> features,
            Instant at) {
        tx.update(
                """
                update delivery_challenger set state = ?, compared_with = ?, features = ?, decided_at = ?
                where model = ? and version = ?
                """,
                state,
                comparedWith.map(ModelVersion::number),
                Tx.json(features),
                at,
                version.model(),
                version.number());
    }

    static void add(Tx tx, ModelVersion version, List<Verdict> verdicts) {
        int place = 0;
        for (Verdict verdict : verdicts) {
            add(tx, version, place++, verdict);
        }
    }

    private static void add(Tx tx, ModelVersion version, int place, Verdict verdict) {
        tx.update(
                """
                insert into delivery_verdict (model, version, place, gate, verdict, summary, evidence, began, ended)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                version.model(),
                version.number(),
                place,
                verdict.gate(),
                verdict.answer(),
                verdict.summary(),
                Tx.json(verdict.evidence()),
                verdict.began(),
                verdict.ended());
    }

    static List<Verdict> verdicts(Tx tx, ModelVersion version) {
        return tx.list(
                ChallengerStore::verdict,
                "select * from delivery_verdict where model = ? and version = ? order by place",
                version.model(),
                version.number());
    }

    private static Verdict verdict(Row row) {
        return new Verdict(
                row.text("gate"),
                row.value("verdict", Verdict.Answer.class),
                row.text("summary"),
                Json.map(row.text("evidence")),
                row.optionalInstant("began"),
                row.optionalInstant("ended"));
    }

    private static Challenger challenger(Row row) {
        ModelName model = row.id("model", ModelName::new);
        return new Challenger(
                new ModelVersion(model, row.integer("version")),
                row.id("project", ProjectName::new),
                row.id("environment", EnvironmentName::new),
                row.id("artifact", Digest::new),
                row.id("run", RunId::new),
                row.id("definition", Digest::new),
                row.instant("as_of"),
                row.value("state", Challenger.State.class),
                row.optionalText("compared_with").map(number -> new ModelVersion(model, Integer.parseInt(number))),
                List.of(row.json("features", String[].class)),
                row.instant("registered_at"),
                row.optionalInstant("decided_at"));
    }

    /** What the gates may look at still, and what was a champion and may be one again. */
    static void needs(Tx tx, Needed needed) {
        String why = "a version on its way through the gates, or past them";
        needed.texts(tx, """
            select c.artifact || ' ' || c.definition || ' ' || coalesce(r.outputs, '') as named
            from delivery_challenger c left join delivery_run r on r.run = c.run
            """, why);
        needed.texts(tx, "select evidence as named from delivery_verdict", why);
        needed.runs(tx, "select run from delivery_challenger", why);
    }
}
