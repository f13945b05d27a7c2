package dev.pawl.source;

import dev.pawl.kernel.ProjectName;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The remotes of projects. */
final class RemoteStore {
    void add(Tx tx, ProjectName project, Remote.Settings settings, Instant at) {
        tx.update("delete from source_remote where project = ?", project);
        tx.update("""
            insert into source_remote (project, settings, asked, failures, connected_at) values (?, ?, 0, 0, ?)
            """, project, Tx.json(settings), at);
    }

    boolean remove(Tx tx, ProjectName project) {
        return tx.update("delete from source_remote where project = ?", project) == 1;
    }

    Optional<Remote> find(Tx tx, ProjectName project) {
        return tx.first(RemoteStore::remote, "select * from source_remote where project = ?", project);
    }

    /** By project. */
    List<Remote> all(Tx tx) {
        return tx.list(RemoteStore::remote, "select * from source_remote order by project");
    }

    /** Those whose next fetch is due. */
    List<ProjectName> due(Tx tx, Instant now) {
        return tx.list(
                row -> row.id("project", ProjectName::new),
                "select project from source_remote where next_fetch_at <= ? order by next_fetch_at",
                now);
    }

    void asked(Tx tx, ProjectName project) {
        tx.update("update source_remote set asked = asked + 1, next_fetch_at = null where project = ?", project);
    }

    void fetched(Tx tx, ProjectName project, Instant at, Optional<Instant> next) {
        tx.update("""
            update source_remote set failures = 0, trouble = null, fetched_at = ?, next_fetch_at = ? where project = ?
            """, at, next, project);
    }

    void failed(Tx tx, ProjectName project, String trouble, Optional<Instant> next) {
        tx.update("""
            update source_remote set failures = failures + 1, trouble = ?, next_fetch_at = ? where project = ?
            """, trouble, next, project);
    }

    private static Remote remote(Row row) {
        return new Remote(
                row.id("project", ProjectName::new),
                row.json("settings", Remote.Settings.class),
                row.number("asked"),
                row.integer("failures"),
                row.optionalInstant("next_fetch_at"),
                row.optionalInstant("fetched_at"),
                row.optionalText("trouble"),
                row.instant("connected_at"));
    }
}
