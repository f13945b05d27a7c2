package dev.pawl.store;

import dev.pawl.kernel.Clock;
import dev.pawl.kernel.Digest;
import dev.pawl.kernel.PawlException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The tables of one module as numbered scripts, {@code schema/001.sql} and so on beside the given class, each run once.
 * A script never changes after it was released; a change is the next number.
 *
 * @param module whose tables these are
 * @param home a class of the module, beside which the scripts lie
 * @param version the highest number
 */
public record Schema(String module, Class<?> home, int version) {
    private static final long MIGRATION_LOCK = 0x7061776cL;

    /** Brings the tables of all modules to what this program knows; several servers may start at once. */
    public static void migrate(Database database, Clock clock, List<Schema> schemas) {
        database.change(tx -> {
            lock(tx);
            tx.update("""
                create table if not exists schema_script (
                  module text not null,
                  number bigint not null,
                  digest text not null,
                  run_at bigint not null,
                  primary key (module, number))
                """);
            schemas.forEach(schema -> schema.migrate(tx, clock));
        });
    }

    private void migrate(Tx tx, Clock clock) {
        int applied = (int) tx.number("select coalesce(max(number), 0) from schema_script where module = ?", module);
        if (applied > version) {
            throw PawlException.conflict(
                    "schema-newer",
                    "This database was written by a newer Pawl: its '%s' tables have version %d, this program knows %d. "
                                    .formatted(module, applied, version)
                            + "Start the newer program, or restore a backup made before the upgrade.");
        }
        for (int number = 1; number <= version; number++) {
            apply(tx, clock, number);
        }
    }

    private void apply(Tx tx, Clock clock, int number) {
        String script = script(number);
        Digest digest = Digest.of(script);
        Optional<String> applied = tx.first(
                row -> row.text("digest"),
                "select digest from schema_script where module = ? and number = ?",
                module,
                number);
        if (applied.isPresent()) {
            requireSame(number, digest, applied.get());
            return;
        }
        for (String statement : script.split(";\\s*\\n")) {
            if (!statement.isBlank()) {
                tx.update(statement);
            }
        }
        tx.update("insert into schema_script values (?, ?, ?, ?)", module, number, digest, clock.now());
    }

    private void requireSame(int number, Digest digest, String applied) {
        if (!digest.value().equals(applied)) {
            throw PawlException.conflict(
                    "schema-differs",
                    "Script %d of the '%s' tables is not the one this database was made with. "
                                    .formatted(number, module)
                            + "Start the program it was made with, or use a new folder or database.");
        }
    }

    private String script(int number) {
        String name = "schema/%03d.sql".formatted(number);
        try (InputStream in = home.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + home);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void lock(Tx tx) {
        switch (tx.dialect()) {
            case SQLITE -> {} // a transaction that writes is alone already
            case POSTGRES -> tx.number("select 1 from (select pg_advisory_xact_lock(?)) as taken", MIGRATION_LOCK);
        }
    }
}
