package dev.pawl.delivery;

import dev.pawl.kernel.Digest;
import dev.pawl.kernel.EnvironmentName;
import dev.pawl.kernel.ModelName;
import dev.pawl.kernel.ModelVersion;
import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows of champions: who answered when. What they are made of stands with the challengers they once were. */
final class ChampionStore {
    static final int MOST_LISTED = 1_000;

    private static final String SELECT = """
        select champion.*, challenger.project, challenger.environment, challenger.artifact, challenger.definition,
          challenger.as_of
        from delivery_champion champion
        join delivery_challenger challenger
          on challenger.model = champion.model and challenger.version = champion.version
        where champion.model = ?
        """;

    private ChampionStore() {}

    static Optional<Champion> current(Tx tx, ModelName model) {
        return tx.first(ChampionStore::champion, SELECT + " and champion.until_at is null", model);
    }

    static Optional<Champion> numbered(Tx tx, ModelName model, int number) {
        return tx.first(ChampionStore::champion, SELECT + " and champion.number = ?", model, number);
    }

    /** The newest {@value #MOST_LISTED}, newest first. */
    static List<Champion> all(Tx tx, ModelName model) {
        return tx.list(ChampionStore::champion, SELECT + " order by champion.number desc limit ?", model, MOST_LISTED);
    }

    /** Ends the time of the champion of now, if there is one, and begins that of the next. */
    static void succeed(Tx tx, ModelVersion next, Optional<Integer> fallsBackTo, String because, Instant at) {
        tx.update("update delivery_champion set until_at = ? where model = ? and until_at is null", at, next.model());
        tx.update("""
            insert into delivery_champion (model, number, version, falls_back_to, because, since, until_at)
            select ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, null from delivery_champion where model = ?
            """, next.model(), next.number(), fallsBackTo, because, at, next.model());
    }

    private static Champion champion(Row row) {
        return new Champion(
                new ModelVersion(row.id("model", ModelName::new), row.integer("version")),
                row.integer("number"),
                row.optionalText("falls_back_to").map(Integer::valueOf),
                row.id("project", ProjectName::new),
                row.id("environment", EnvironmentName::new),
                row.id("artifact", Digest::new),
                row.id("definition", Digest::new),
                row.instant("as_of"),
                row.text("because"),
                row.instant("since"),
                row.optionalInstant("until_at"));
    }
}
