package dev.pawl.packaging;

import dev.pawl.kernel.CiRunId;
import dev.pawl.kernel.Digest;
import dev.pawl.store.Needed;
import dev.pawl.store.Row;
import dev.pawl.store.Tx;
import java.util.Collection;
import java.util.Optional;

/** The rows of what goes with packages. */
final class RecordStore {
    /**
     * @param number grows from package to package
     * @param evidence artifacts that the provenance names
     */
    void add(Tx tx, long number, PackageRecord record, Collection<Digest> evidence) {
        tx.update(
                """
                insert into packaging_record
                  (ci_run, number, digest, made, definition, provenance, key_id, evidence, signed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                record.ciRun(),
                number,
                record.made().packageDigest(),
                Tx.json(record.made()),
                record.definition(),
                record.provenance(),
                record.keyId(),
                Tx.json(evidence),
                record.signedAt());
    }

    /**
     * Of the first that was built with this content.
     *
     * @param own the key whose records are preferred: who trusts the server's key of today has no use for another's signature
     */
    Optional<PackageRecord> first(Tx tx, Digest digest, Digest own) {
        return tx.first(RecordStore::record, """
            select * from packaging_record where digest = ?
            order by case when key_id = ? then 0 else 1 end, number limit 1
            """, digest, own);
    }

    private static PackageRecord record(Row row) {
        return new PackageRecord(
                row.id("ci_run", CiRunId::new),
                row.json("made", Made.class),
                row.id("definition", Digest::new),
                row.id("provenance", Digest::new),
                row.id("key_id", Digest::new),
                row.instant("signed_at"));
    }

    void needs(Tx tx, Needed needed) {
        needed.texts(
                tx,
                "select made || ' ' || definition || ' ' || provenance || ' ' || evidence as named from"
                        + " packaging_record",
                "what goes with a package");
    }
}
